import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { summarize } from "../measure.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A project in a directory, in which pipelines of ingest are timed: one that is kept, or one of its own. */
export class IngestRig implements Disposable {
  readonly directory: string;
  readonly #isKept: boolean;

  constructor(kept?: string) {
    this.#isKept = kept !== undefined;
    this.directory = kept ?? mkdtempSync(join(tmpdir(), "orchestrate-bench-ingest-"));
    if (existsSync(this.path("plugins.json"))) return;
    mkdirSync(this.path("node_modules/@orchestrate"), { recursive: true });
    symlinkSync(join(ROOT, "steps/ingest"), this.path("node_modules/@orchestrate/steps-ingest"));
    writeFileSync(this.path("plugins.json"), '{ "plugins": ["@orchestrate/steps-ingest"] }');
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Runs a pipeline of one phase, and gives the milliseconds of the whole process. */
  run(pipeline: object, words: readonly string[]): number {
    writeFileSync(this.path("orchestrate.config.json"), JSON.stringify(pipeline));
    return timed(join(ROOT, "node_modules/.bin/orchestrate"), ["run", ...words], this.directory).ms;
  }

  /** Runs what is written by hand, and gives the milliseconds that it prints. */
  byHand(what: string, work: object): number {
    const script = join(ROOT, "bench/ingest/by-hand.ts");
    return Number(timed(process.execPath, [script, what, JSON.stringify(work)], this.directory).output);
  }

  [Symbol.dispose](): void {
    if (!this.#isKept) rmSync(this.directory, { recursive: true, force: true });
  }
}

/** One statement of DuckDB, to make or look at what is measured. */
export async function duck(sql: string): Promise<readonly (readonly unknown[])[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The median and its quartiles. */
export function spread(values: readonly number[]): string {
  const { median, low, high } = summarize("", values);
  return `${median.toFixed(0)} ms (${low.toFixed(0)}–${high.toFixed(0)})`;
}

export interface BenchOptions {
  readonly rows: number;
  readonly rounds: number;
  /** Where what is measured on is kept for the next call; undefined where it is made anew. */
  readonly keep: string | undefined;
}

/** Options of the command line: `--rounds N`, `--rows N`, `--keep DIRECTORY`, `--quick`. */
export function options(): BenchOptions {
  const keep = optionOf("--keep");
  if (process.argv.includes("--quick")) return { rows: 20_000, rounds: 1, keep };
  return { rows: Number(optionOf("--rows") ?? 10_000_000), rounds: Number(optionOf("--rounds") ?? 5), keep };
}

/** Whether a part of a script is wanted: all are, or the one that `--only NAME` names. */
export function only(part: string): boolean {
  return (optionOf("--only") ?? part) === part;
}

function optionOf(option: string): string | undefined {
  return process.argv.includes(option) ? process.argv[process.argv.indexOf(option) + 1] : undefined;
}

function timed(
  program: string,
  args: readonly string[],
  cwd: string,
): { readonly ms: number; readonly output: string } {
  // What was written before shall not be waited for in what is timed.
  spawnSync("sync");
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return { ms: Math.round(performance.now() - began), output: stdout };
}
