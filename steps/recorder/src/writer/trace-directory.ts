import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copySources } from "./copy-sources.ts";
import { EventFile, type WriteBytes } from "./event-file.ts";

/** The directory of a trace while it is written: `trace.json`, and at the end what belongs to it. */
export class TraceDirectory {
  readonly events: EventFile;
  readonly #path: string;

  constructor(path: string, write?: WriteBytes) {
    this.#path = path;
    mkdirSync(path, { recursive: true });
    this.events = new EventFile(join(path, "trace.json"), write);
  }

  /** Closes the events, and writes paths, sources and metadata. */
  finish(paths: readonly string[], metadata: object): void {
    this.events.close();
    this.#write("trace_paths.json", paths);
    copySources(paths, join(this.#path, "files"));
    this.#write("trace_metadata.json", metadata);
  }

  /** Closes the events as they are; `keep` is what is done with them. */
  abandon(keep: "keep" | "remove"): void {
    this.events.abandon();
    if (keep === "remove") rmSync(join(this.#path, "trace.json"), { force: true });
  }

  /** Writes the metadata of a trace that was abandoned, which say why. */
  explain(metadata: object): void {
    this.#write("trace_metadata.json", metadata);
  }

  #write(name: string, document: unknown): void {
    writeFileSync(join(this.#path, name), `${JSON.stringify(document, null, 2)}\n`);
  }
}
