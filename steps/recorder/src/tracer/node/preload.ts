import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { FilterEngine } from "../../filter/filter-engine.ts";
import { Op } from "../stream/format.ts";
import { appendFrames } from "./append-frames.ts";
import { captureOutput } from "./capture-output.ts";
import { EventBuffer } from "./event-buffer.ts";
import { prepareHeadline } from "./fatal-headline.ts";
import { PROBE } from "./instrument/instrument.ts";
import { installLoadHook } from "./load-hook.ts";
import { OriginalPlaces } from "./original-places.ts";
import { PristineBuiltins } from "./pristine-builtins.ts";
import { Probe } from "./probe.ts";
import { ProgramRegistry } from "./program-registry.ts";
import type { TracerSession } from "./session-file.ts";
import { StackTraces } from "./stack-traces.ts";
import { ValueEncoder } from "./value-encoder.ts";
import { watchEnd } from "./watch-end.ts";

/** Begins to record this thread; called before the first line of the program, in each of its threads. */
export function preload(sessionFile: string): void {
  const session: TracerSession = JSON.parse(readFileSync(sessionFile, "utf8"));
  const append = appendFrames(session);
  const thread = threadOf();
  const events = new EventBuffer(thread, append);
  const definitions = new EventBuffer(thread, append, 1024);
  const probe = new Probe(events, new ValueEncoder(events, definitions, session.limits), session.values);
  Object.defineProperty(globalThis, PROBE, { value: probe, enumerable: false });
  const own = new URL("../../", import.meta.url).href;
  const places = new OriginalPlaces();
  new StackTraces(places, own).install();
  const pristine = new PristineBuiltins();
  const engine = new FilterEngine(session.filter);
  const registry = new ProgramRegistry({ probe, definitions, engine, root: session.root, pristine });
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  installLoadHook({
    registry,
    places,
    pristine,
    recordsValues: session.values,
    own,
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
  watchEnd({
    onUncaught: (thrown) => probe.uncaught(thrown),
    onExit: () => events.unbuffer(),
    onFatal: () => thread === 0 && prepareHeadline(places),
  });
  leaveNoTrace();
}

/**
 * 0 for the main thread. The module that numbers threads is loaded by others only: it replaces functions of `process`.
 */
function threadOf(): number {
  const isMain = !("disabled" in process.chdir);
  return isMain ? 0 : process.getBuiltinModule("node:worker_threads").threadId;
}

/** What tells of modules that were loaded before the program's first is emptied. */
function leaveNoTrace(): void {
  const { cache } = createRequire(import.meta.url);
  for (const name of Object.keys(cache)) delete cache[name];
  const preloaded: unknown = Reflect.get(process, "_preload_modules");
  if (Array.isArray(preloaded)) preloaded.length = 0;
  process.execArgv.length = 0;
}
