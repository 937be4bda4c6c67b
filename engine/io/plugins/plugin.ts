import type { Json } from "../../core/pipeline/pipeline.ts";
import type { Need } from "./need.ts";

/** A plugin that is on, as its package.json describes it. Paths are absolute. */
export interface Plugin {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The package's directory, symbolic links resolved. */
  readonly directory: string;
  /** What it says it needs beyond its own files, as `network`. */
  readonly needs: readonly Need[];
  /** The module with examples for the conformance suite, relative to `directory` as written; it need not be there. */
  readonly examples: string | null;
  /** What plugins.json says to it. */
  readonly options: Readonly<Record<string, Json>>;
  /** Step name to module. */
  readonly steps: ReadonlyMap<string, string>;
  /** Token to the names of its providers to modules. */
  readonly services: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly executors: ReadonlyMap<string, string>;
  readonly commands: ReadonlyMap<string, string>;
}
