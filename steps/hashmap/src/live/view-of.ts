import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { StepError, z } from "@orchestrate/sdk";
import { Tick } from "../replay/tick.ts";
import { type LiveView, liveView } from "./live-view.ts";

/**
 * A view of a replay's ticks, that does not listen yet. A last line that is no whole JSON, as a replay leaves that was
 * killed, is left out, and `warn` is told.
 *
 * @throws StepError `view-file-unreadable`, `view-file-invalid`.
 */
export async function viewOf(
  file: string,
  token: string | undefined,
  warn: (message: string) => void,
): Promise<LiveView> {
  const view = await liveView(token);
  try {
    for await (const tick of readTicks(file, warn)) view.history.add(tick);
    if (view.history.latest === undefined) throw invalid(`${file} holds no tick of metrics.v1.`);
    return view;
  } catch (error) {
    await view[Symbol.asyncDispose]();
    throw error;
  }
}

async function* readTicks(file: string, warn: (message: string) => void): AsyncIterable<Tick> {
  let line = 0;
  let isCut = false;
  for await (const text of linesOf(file)) {
    if (isCut) throw invalid(`${file}:${line} is no JSON.`);
    line++;
    if (text === "") continue;
    const value = parseJson(text);
    isCut = value === undefined;
    if (!isCut) yield tickOf(value, file, line);
  }
  if (isCut) warn(`${file}:${line} is cut off, and left out.`);
}

async function* linesOf(file: string): AsyncIterable<string> {
  try {
    yield* createInterface({ input: createReadStream(file) });
  } catch (error) {
    const detail = `${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`;
    throw new StepError({ error: "view-file-unreadable", category: "io", detail, hint: HINT }, { cause: error });
  }
}

const HINT = "Name the metrics.ndjson that hashmap/replay wrote.";

function tickOf(value: unknown, file: string, line: number): Tick {
  const { data, error } = Tick.safeParse(value);
  if (error === undefined) return data;
  throw invalid(`${file}:${line} is no tick of metrics.v1: ${z.prettifyError(error)}`);
}

function invalid(detail: string): StepError {
  return new StepError({ error: "view-file-invalid", category: "input", detail, hint: HINT });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
