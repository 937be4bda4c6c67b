import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { issueText, StepError, z } from "@orchestrate/sdk";
import { splitArray } from "./split-array.ts";
import { parseEvent, type TraceEvent } from "./trace-event.ts";

const Counts = z.record(z.string(), z.number());

/** What is read of `trace_metadata.json`. */
export const TraceMetadata = z.looseObject({
  recording_id: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  workdir: z.string(),
  program: z.string(),
  args: z.array(z.string()),
  trace_filter: z
    .looseObject({
      stats: z.looseObject({ scopes_skipped: z.number(), value_redactions: Counts, value_drops: Counts }),
    })
    .optional(),
  process_exit_status: z.looseObject({ code: z.number().nullable(), label: z.string() }).optional(),
});

export type TraceMetadata = z.output<typeof TraceMetadata>;

/**
 * The events of a trace, one after the other; memory does not grow with their number.
 *
 * @throws StepError `trace-unreadable`, which names the event.
 */
export async function* readTrace(directory: string, signal: AbortSignal): AsyncGenerator<TraceEvent> {
  const path = join(directory, "trace.json");
  let index = 0;
  try {
    for await (const text of splitArray(createReadStream(path, { highWaterMark: 1 << 20, signal }))) {
      yield parseEvent(text);
      index += 1;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(`event ${index} of ${path}`, error);
  }
}

/** @throws StepError `trace-unreadable`. */
export async function readMetadata(directory: string): Promise<TraceMetadata> {
  const path = join(directory, "trace_metadata.json");
  try {
    return TraceMetadata.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(what: string, error: unknown): StepError {
  return new StepError(
    {
      error: "trace-unreadable",
      category: "input",
      detail: `${what} can't be read: ${wordsOf(error)}.`,
      hint: "Wire a trace that recorder/record wrote, or another recorder of the JSON format.",
    },
    { cause: error },
  );
}

function wordsOf(error: unknown): string {
  if (error instanceof z.ZodError) return issueText(error);
  return error instanceof Error ? error.message : String(error);
}
