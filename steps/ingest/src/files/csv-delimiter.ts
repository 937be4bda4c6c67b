import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { StepError } from "@orchestrate/sdk";

/**
 * The character between the values of a CSV file, by its first line.
 *
 * @throws StepError `csv-malformed` for a first line that tells Excel what stands between values, and others a name.
 */
export function csvDelimiter(path: string): string {
  const bytes = firstBytes(path);
  // What is cut off in the middle is given as far as it goes.
  const plain = path.endsWith(".gz") ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes;
  const text = plain.toString("utf8");
  const [, line] = /^\ufeff?(sep=.)\r?\n/i.exec(text) ?? [];
  if (line !== undefined) throw forExcel(path, line);
  return delimiterOf(text);
}

function forExcel(path: string, line: string): StepError {
  return new StepError({
    error: "csv-malformed",
    category: "input",
    detail: `${path} begins with the line "${line}", which Excel alone understands.`,
    hint: "Take that line out; the option delimiter says the same.",
  });
}

const LOOKED_AT = 65_536;

function firstBytes(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(LOOKED_AT);
    return bytes.subarray(0, readSync(file, bytes, 0, LOOKED_AT, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Of comma, semicolon, tab and bar the one that stands most often in the first line, outside of quotes; of equals the
 * first, and a comma where there is none.
 *
 * @param text how the file begins.
 */
function delimiterOf(text: string): string {
  const unquoted = text.replaceAll(/"[^"]*"?/g, "");
  const line = /[^\r\n]+/.exec(unquoted)?.[0] ?? "";
  const countOf = (candidate: string) => line.split(candidate).length;
  return CANDIDATES.reduce((best, each) => (countOf(each) > countOf(best) ? each : best));
}

const CANDIDATES = [",", ";", "\t", "|"];
