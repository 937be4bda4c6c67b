import { metadataError } from "../metadata-error.ts";

/** Reads a command line. @throws OrchestrateError `metadata-usage` for what `read` throws. */
export function readWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw wrong(why.endsWith(".") ? why : `${why}.`);
  }
}

/** @throws OrchestrateError `metadata-usage` */
export function wholeNumber(option: string, text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text);
  throw wrong(`${option} is "${text}", which is no whole number above 0.`);
}

export function wrong(detail: string) {
  return metadataError(
    "metadata-usage",
    detail,
    "orchestrate metadata --help and orchestrate lineage --help say what they take.",
  );
}
