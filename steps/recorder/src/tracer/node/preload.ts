import { openSync, readFileSync, writeSync } from "node:fs";
import { setSourceMapsSupport } from "node:module";
import { threadId } from "node:worker_threads";
import { FilterEngine } from "../../filter/filter-engine.ts";
import { Op } from "../stream/format.ts";
import { captureOutput } from "./capture-output.ts";
import { type AppendFrame, EventBuffer } from "./event-buffer.ts";
import { PROBE } from "./instrument/instrument.ts";
import { installLoadHook } from "./load-hook.ts";
import { Probe } from "./probe.ts";
import { ProgramRegistry } from "./program-registry.ts";
import type { TracerSession } from "./session-file.ts";
import { StackColumns } from "./stack-columns.ts";
import { ValueEncoder } from "./value-encoder.ts";

/** Begins to record this thread; called before the first line of the program, in each of its threads. */
export function preload(sessionFile: string): void {
  const session: TracerSession = JSON.parse(readFileSync(sessionFile, "utf8"));
  const append = appendTo(session);
  const events = new EventBuffer(threadId, append);
  const definitions = new EventBuffer(threadId, append, 1024);
  const probe = new Probe(events, new ValueEncoder(events, definitions, session.limits), session.values);
  Object.defineProperty(globalThis, PROBE, { value: probe, enumerable: false });
  const columns = new StackColumns();
  columns.install();
  // Without it, Node would show an uncaught exception's line with what was put into it.
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  const registry = new ProgramRegistry(probe, definitions, new FilterEngine(session.filter), session.root);
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  installLoadHook({
    registry,
    columns,
    recordsValues: session.values,
    own: new URL("../../", import.meta.url).href,
    probeModule: new URL(`./instrumented.${suffix}`, import.meta.url).href,
    note: (text) => {
      events.begin(Op.note, 0);
      events.text(text);
      events.end();
    },
  });
  captureOutput(probe, session.output);
  events.begin(Op.thread, 0);
  events.end();
  process.on("uncaughtExceptionMonitor", (error) => probe.uncaught(error));
  process.on("exit", () => events.unbuffer());
  process.execArgv.length = 0;
}

/** Appends frames, each by one write. What can't be written ends the program, or the recording. */
function appendTo(session: TracerSession): AppendFrame {
  const descriptor = openSync(session.stream, "a");
  let lost = false;
  return (frame) => {
    if (lost) return;
    try {
      writeSync(descriptor, frame, 0, frame.length);
    } catch (error) {
      lost = true;
      if (session.onError === "disable") return;
      writeSync(2, `The recorder could not write its stream: ${error instanceof Error ? error.message : "unknown"}\n`);
      process.exit(1);
    }
  };
}
