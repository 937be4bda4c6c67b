import { StepError } from "@orchestrate/sdk";
import { TelemetryRecord } from "./telemetry-record.ts";

/**
 * Reads the lines of a telemetry file.
 *
 * @param name how the file is called in errors.
 * @throws StepError `telemetry-malformed` (input), which names the line.
 */
export function readRecords(text: string, name: string): readonly TelemetryRecord[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw malformed(`${name} holds no record`);
  return lines.map((line, index) => {
    const parsed = TelemetryRecord.safeParse(parse(line));
    if (parsed.success) return parsed.data;
    throw malformed(`${name}, line ${index + 1}, is no record of a batch`, parsed.error);
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function malformed(what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "telemetry-malformed",
      category: "input",
      detail: `${what}.`,
      hint: "Give the telemetry.ndjson that cover-tree/build, insert or delete wrote.",
    },
    { cause },
  );
}
