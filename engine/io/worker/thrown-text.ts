import { inspect } from "node:util";

/** How many causes of causes are told: an error may be its own. */
const DEPTH = 3;

/**
 * What was thrown, in words: an error with its causes, as `fetch` hides in them why it failed. Something that is no
 * error may be thrown as well, of which its name alone would say nothing; and it may itself throw where it is looked
 * at.
 */
export function thrownText(thrown: unknown): string {
  try {
    return textOf(thrown, DEPTH);
  } catch {
    return "something that throws where it is looked at";
  }
}

function textOf(thrown: unknown, depth: number): string {
  if (typeof thrown === "string") return thrown;
  if (!(thrown instanceof Error)) return inspect(thrown, { breakLength: Number.POSITIVE_INFINITY });
  const causes = depth === 0 ? [] : causesOf(thrown).map((cause) => textOf(cause, depth - 1));
  const own = thrown.message === "" ? `${thrown.name}` : `${thrown.name}: ${thrown.message}`;
  return causes.length === 0 ? own : `${own} (${causes.join("; ")})`;
}

function causesOf(error: Error): readonly unknown[] {
  if (error instanceof AggregateError) return error.errors;
  return error.cause === undefined ? [] : [error.cause];
}

/** The stack of an error with those of its causes, for a log; undefined where it has none. */
export function stackOf(thrown: unknown): string | undefined {
  try {
    if (!(thrown instanceof Error) || typeof thrown.stack !== "string") return undefined;
    return causesOf(thrown).length === 0 ? thrown.stack : inspect(thrown);
  } catch {
    return undefined;
  }
}
