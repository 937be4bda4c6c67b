import { stripVTControlCharacters } from "node:util";

/**
 * What a program wrote, fit to be shown: without escape sequences, and with its other control characters in letters, as
 * `\x07`. It can't move the cursor or hide what stands before it. Line feeds and tabs stay.
 */
export function printable(text: string): string {
  if (!CONTROL.test(text)) return text;
  return stripVTControlCharacters(text).replaceAll(
    new RegExp(CONTROL, "gu"),
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** Every control character but the line feed and the tab. */
const CONTROL = /[^\P{Cc}\n\t]/u;
