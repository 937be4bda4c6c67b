import { defineOwn, deleteOwn, getOwnPropertyDescriptor, isSame, ownKeysOf } from "./primordials.ts";

const GLOBALS = [
  ...["Object", "Function", "Array", "Number", "Boolean", "String", "Symbol", "BigInt", "RegExp", "Map", "Set"],
  ...["WeakMap", "WeakSet", "Error", "SyntaxError", "TypeError", "RangeError", "Math", "JSON", "Reflect", "Iterator"],
  ...["Uint8Array", "Uint16Array", "Uint32Array", "Int32Array", "ArrayBuffer", "TextDecoder", "TextEncoder"],
] as const;

interface Saved {
  readonly object: object;
  readonly keys: readonly PropertyKey[];
  readonly own: Record<PropertyKey, PropertyDescriptor>;
}

interface Change {
  readonly object: object;
  readonly key: PropertyKey;
  /** What the program has put there; undefined where it has taken away what was there. */
  readonly found: PropertyDescriptor | undefined;
}

/**
 * The language's own objects as they were before the program ran. For code that uses them freely, what the program has
 * made of them since is set aside, and put back after it: nothing of the program runs in between, or can tell.
 */
export class PristineBuiltins {
  readonly #saved: readonly Saved[] = [
    save(globalThis, GLOBALS),
    ...builtins().map((object) => save(object, Reflect.ownKeys(object))),
  ];

  run<T>(task: () => T): T {
    const changes = this.#setAside();
    try {
      return task();
    } finally {
      for (let index = changes.length - 1; index >= 0; index -= 1) {
        const { object, key, found } = changes[index]!;
        if (found === undefined) deleteOwn(object, key);
        else defineOwn(object, key, found);
      }
    }
  }

  #setAside(): readonly Change[] {
    const changes: Change[] = [];
    for (let index = 0; index < this.#saved.length; index += 1) {
      const { object, keys, own } = this.#saved[index]!;
      for (let at = 0; at < keys.length; at += 1) {
        const key = keys[at]!;
        const found = getOwnPropertyDescriptor(object, key);
        if (found !== undefined && isEqual(found, own[key]!)) continue;
        changes[changes.length] = { object, key, found };
        defineOwn(object, key, own[key]!);
      }
      if (object === globalThis) continue;
      const now = ownKeysOf(object);
      for (let at = 0; now.length > keys.length && at < now.length; at += 1) {
        const key = now[at]!;
        if (own[key] !== undefined) continue;
        changes[changes.length] = { object, key, found: getOwnPropertyDescriptor(object, key)! };
        deleteOwn(object, key);
      }
    }
    return changes;
  }
}

function save(object: object, keys: readonly PropertyKey[]): Saved {
  const own = Object.create(null) as Saved["own"];
  for (const key of keys) own[key] = Object.getOwnPropertyDescriptor(object, key)!;
  return { object, keys, own };
}

function isEqual(left: PropertyDescriptor, right: PropertyDescriptor): boolean {
  return isSame(left.value, right.value) && left.get === right.get && left.set === right.set;
}

/** The global functions and namespaces, what they give to their instances, and what the language iterates by. */
function builtins(): readonly object[] {
  const named = GLOBALS.map((name) => Reflect.get(globalThis, name) as { readonly prototype?: object });
  const typedArray = Object.getPrototypeOf(Uint8Array) as typeof Uint8Array;
  const generator = Object.getPrototypeOf((function* () {})()) as object;
  const iterators = [[].values(), new Map().values(), new Set().values(), ""[Symbol.iterator](), "".matchAll(/a/g)];
  return [
    ...named,
    typedArray,
    typedArray.prototype,
    Object.getPrototypeOf(generator),
    // Array.prototype is an array, and must not be flattened.
    ...named.flatMap(({ prototype }) => (prototype === undefined ? [] : [prototype])),
    ...iterators.map((iterator) => Object.getPrototypeOf(iterator) as object),
  ];
}
