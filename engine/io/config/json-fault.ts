import type { Position } from "../../core/pipeline/pipeline-issue.ts";
import { positionAt } from "./position-at.ts";

/** What is wrong with a text that JSON.parse refuses, in V8's words, and where; V8 itself does not always say where. */
export function jsonFault(text: string): { readonly reason: string; readonly position: Position } {
  // The shortest beginning that nothing could complete any more ends at the fault. Beginnings of it can be completed.
  let completable = 0;
  let hopeless = text.length + 1;
  while (hopeless - completable > 1) {
    const middle = Math.floor((completable + hopeless) / 2);
    if (canBeCompleted(text.slice(0, middle))) completable = middle;
    else hopeless = middle;
  }
  const reason = reasonOf(errorOf(text.slice(0, hopeless)) ?? errorOf(text) ?? "");
  return { reason, position: positionAt(text, Math.min(completable, text.trimEnd().length)) };
}

function canBeCompleted(beginning: string): boolean {
  const error = errorOf(beginning);
  if (error === undefined || /Unexpected end|Unterminated string/.test(error)) return true;
  return /at position (\d+)/.exec(error)?.[1] === String(beginning.length);
}

function errorOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function reasonOf(message: string): string {
  const token = /^Unexpected token '.'/su.exec(message)?.[0];
  return (
    token ??
    message.replace(/ (after JSON )?(in JSON )?at position .*$/s, (_, after) =>
      after === undefined ? "" : " after the end",
    )
  );
}
