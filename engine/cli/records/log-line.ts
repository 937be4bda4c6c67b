import { pad } from "../../io/terminal/format-table.ts";
import type { Paint } from "../../io/terminal/paint.ts";
import { printable } from "../../io/terminal/printable.ts";
import type { LogLine } from "../../io/worker/process-log.ts";

/**
 * A line of a log for people: time of day in UTC, what it is, and the words. What is no line of a log stays as it is.
 */
export function formatLogLine(text: string, paint: Paint): string {
  const line = parse(text);
  if (line === undefined) return printable(text);
  const label = line.stream === "log" ? (line.level ?? "info") : line.stream;
  const fields = Object.entries(line.fields ?? {}).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const words = printable([line.message, ...fields].join("  "));
  return `${paint("dim", `${line.time.slice(11, 23)}  ${pad(label, 6, "left")}`)}  ${painted(label, words, paint)}`.trimEnd();
}

function painted(label: string, words: string, paint: Paint): string {
  if (label === "error") return paint("red", words);
  return label === "warn" ? paint("yellow", words) : words;
}

function parse(text: string): LogLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<LogLine> | null;
    if (typeof line?.time !== "string" || typeof line.message !== "string" || line.stream === undefined)
      return undefined;
    return line as LogLine;
  } catch {
    return undefined;
  }
}
