import { inspect } from "node:util";

/**
 * What was thrown, in words. Something that is no error may be thrown as well; of an object its name alone would say
 * nothing. What is thrown may itself throw where it is looked at.
 */
export function thrownText(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
    return typeof thrown === "string" ? thrown : inspect(thrown, { breakLength: Number.POSITIVE_INFINITY });
  } catch {
    return "something that throws where it is looked at";
  }
}

/** The stack of an error; undefined where there is none. */
export function stackOf(thrown: unknown): string | undefined {
  try {
    const stack: unknown = thrown instanceof Error ? thrown.stack : undefined;
    return typeof stack === "string" ? stack : undefined;
  } catch {
    return undefined;
  }
}
