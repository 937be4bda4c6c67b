import type { Digest, RunDocument } from "@orchestrate/manifests";
import type { Graph } from "../core/graph/graph.ts";
import type { Pinned } from "../core/plan/instance-facts.ts";
import type { AttemptNumbers } from "./attempt-numbers.ts";
import type { Clock } from "./ports/clock.ts";
import type { Executor } from "./ports/executor.ts";
import type { Inspector } from "./ports/inspector.ts";
import type { Journal } from "./ports/journal.ts";
import type { RunFiles } from "./ports/run-files.ts";
import type { RunRecords } from "./ports/run-records.ts";
import type { Surroundings } from "./ports/surroundings.ts";
import type { Modules } from "./prepare-instances.ts";

/** The world as a run sees it. */
export interface RunPorts {
  readonly executor: Executor;
  readonly inspector: Inspector;
  readonly journal: Journal;
  readonly files: RunFiles;
  readonly records: RunRecords;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  /** Called before every point that a test may want to kill the engine at. */
  readonly beforePoint: (point: string) => void;
}

/** One run being driven. */
export interface RunScope {
  readonly run: string;
  /** Absolute. */
  readonly directory: string;
  readonly document: RunDocument;
  readonly graph: Graph;
  readonly modules: Modules;
  /** Asked for, and all their ancestors. */
  readonly selected: ReadonlySet<string>;
  readonly forced: ReadonlySet<string>;
  readonly reuse: "allowed" | "never";
  readonly previous: ReadonlyMap<string, Pinned>;
  readonly platform: Digest;
  readonly attempts: AttemptNumbers;
  readonly ports: RunPorts;
}
