import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { StepError, z } from "@orchestrate/sdk";
import { Tick } from "../replay/tick.ts";
import { type LiveView, liveView } from "./live-view.ts";

/** What the command line of `hashmap-view` says. */
export interface ServeOptions {
  readonly file: string;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

/** @throws StepError `view-usage`. */
export function serveOptions(args: readonly string[], cwd: string): ServeOptions {
  const usage = (detail: string) =>
    new StepError({
      error: "view-usage",
      category: "input",
      detail,
      hint: "orchestrate hashmap-view FILE [--port N] [--host HOST]",
    });
  const options = { port: { type: "string", default: "0" }, host: { type: "string", default: "127.0.0.1" } } as const;
  const parse = () => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true });
    } catch (error) {
      throw usage(error instanceof Error ? error.message : String(error));
    }
  };
  const { values, positionals } = parse();
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw usage("One metrics.ndjson is to be named.");
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw usage(`"${values.port}" is no port.`);
  return { file: resolve(cwd, file), host: values.host, port };
}

/**
 * A view of a replay's ticks, that does not listen yet. A last line that is no whole JSON, as a replay leaves that was killed, is
 * left out, and `warn` is told.
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
