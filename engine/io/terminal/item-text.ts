import { printable } from "./printable.ts";

/**
 * The item of an instance whose key is no more than its digest, short enough for a line; nothing where the key tells
 * it.
 */
export function itemText(key: string | null, item: unknown): string {
  if (item === undefined || key === null || !/^[0-9a-f]{12}$/.test(key)) return "";
  const text = printable(JSON.stringify(item));
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

const LONGEST = 60;
