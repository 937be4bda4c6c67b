import { usageError } from "./report-error.ts";

/** Reads a whole number from an option. @throws OrchestrateError `usage` (input) */
export function readNumber(option: string, text: string, { from }: { readonly from: number }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= from) return value;
  throw usageError(`${option} ${text} is not a whole number from ${from} on.`, `Write it as ${option} ${from + 1}.`);
}
