import * as safe from "./primordials.ts";

/** The value of an own data property; undefined where there is none, or an accessor. */
export function ownData(object: object, name: PropertyKey): unknown {
  const own = safe.getOwnPropertyDescriptor(object, name);
  return own !== undefined && safe.hasOwn(own, "value") ? own.value : undefined;
}

/** The name that a function holds as plain data. */
export function functionName(value: object): string {
  const name = ownData(value, "name");
  return typeof name === "string" && name !== "" ? name : "<anonymous>";
}

/** The name of the nearest constructor on the chain of prototypes; a Proxy on that chain ends it. */
export function className(value: object): string {
  for (let level: object | null = value; level !== null; level = safe.getPrototypeOf(level)) {
    if (safe.isProxy(level)) return "Proxy";
    const made = ownData(level, "constructor");
    if (typeof made === "function" && !safe.isProxy(made)) return functionName(made);
  }
  return "Object";
}
