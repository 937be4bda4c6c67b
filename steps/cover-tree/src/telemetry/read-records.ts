import { StepError } from "@orchestrate/sdk";
import { TelemetryRecord } from "./telemetry-record.ts";

/**
 * Reads the lines of a telemetry file: batches of one build, insertion or deletion.
 *
 * @param name how the file is called in errors.
 * @throws StepError `telemetry-malformed` (input), which names the line.
 */
export function readRecords(text: string, name: string): readonly TelemetryRecord[] {
  const records: TelemetryRecord[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const parsed = TelemetryRecord.safeParse(parse(line));
    if (!parsed.success) throw malformed(`${name}, line ${index + 1}, is no record of a batch`, parsed.error);
    const [first = parsed.data] = records;
    if (parsed.data.run_hash !== first.run_hash || parsed.data.step !== first.step) {
      throw malformed(`${name}, line ${index + 1}, is of another ${first.step} than the lines before`);
    }
    records.push(parsed.data);
  }
  if (records.length === 0) throw malformed(`${name} holds no record, as after a deletion that put nothing in anew`);
  return records;
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
