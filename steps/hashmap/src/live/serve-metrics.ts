import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
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
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw usage(`"${values.port}" is no port.`);
  return { file: resolve(cwd, file), host: values.host, port };
}

/** A view of a finished replay's ticks, that does not listen yet. @throws StepError `view-file-unreadable`, `view-file-invalid`. */
export async function viewOf(file: string, token: string | undefined): Promise<LiveView> {
  await access(file, constants.R_OK).catch((error: Error) => {
    throw new StepError({ error: "view-file-unreadable", category: "io", detail: `${error.message}.`, hint: HINT });
  });
  const view = await liveView(token);
  try {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(file) })) {
      line++;
      if (text !== "") view.history.add(parseTick(file, line, text));
    }
    return view;
  } catch (error) {
    await view[Symbol.asyncDispose]();
    throw error;
  }
}

const HINT = "Name the metrics.ndjson that hashmap/replay wrote.";

function parseTick(file: string, line: number, text: string): Tick {
  const { data, error } = Tick.safeParse(parseJson(text));
  if (error === undefined) return data;
  throw new StepError({
    error: "view-file-invalid",
    category: "input",
    detail: `${file}:${line} is no tick of metrics.v1: ${z.prettifyError(error)}`,
    hint: HINT,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
