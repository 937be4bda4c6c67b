import { matcher } from "./matcher.ts";
import type { MatchType, Selector } from "./model.ts";

const MATCHES: readonly MatchType[] = ["glob", "regex", "literal"];

/** Patterns longer than this are refused, in bytes. */
const LONGEST_PATTERN = 512;

/**
 * Reads `kind:pattern` or `kind:match:pattern`; a pattern that holds a colon needs the match to be said.
 *
 * @throws Error whose message says what is wrong with it.
 */
export function parseSelector<K extends string>(text: string, kinds: readonly K[]): Selector<K> {
  if (text.trim() === "") throw new Error("a selector must not be empty");
  const [first = "", ...rest] = text.split(":");
  const kind = kinds.find((known) => known === first);
  if (kind === undefined) throw new Error(`"${first}" is no kind of a selector here; there are ${kinds.join(", ")}`);
  if (rest.length === 0) throw new Error(`"${text}" has no pattern; write ${kind}:PATTERN or ${kind}:MATCH:PATTERN`);
  const [named = "", ...pieces] = rest.length === 1 ? ["glob", ...rest] : rest;
  const match = MATCHES.find((known) => known === named);
  if (match === undefined) {
    throw new Error(
      `"${named}" is no match type; there are ${MATCHES.join(", ")}. A pattern with ":" needs one, as ${kind}:glob:PATTERN`,
    );
  }
  const pattern = pieces.join(":");
  if (pattern === "") throw new Error(`"${text}" has an empty pattern`);
  if (Buffer.byteLength(pattern) > LONGEST_PATTERN) {
    throw new Error(`the pattern of ${Buffer.byteLength(pattern)} bytes is longer than ${LONGEST_PATTERN}`);
  }
  const selector = { kind, match, pattern };
  try {
    matcher(selector);
  } catch (error) {
    throw new Error(`"${pattern}" is no ${match} pattern: ${error instanceof Error ? error.message : String(error)}`);
  }
  return selector;
}
