import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A project in a directory of its own, in which pipelines of ingest are timed. */
export class IngestRig implements Disposable {
  readonly directory = mkdtempSync(join(tmpdir(), "orchestrate-bench-ingest-"));

  constructor() {
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
    rmSync(this.directory, { recursive: true, force: true });
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
  const at = (share: number) => values.toSorted((a, b) => a - b)[Math.round((values.length - 1) * share)]!;
  return `${at(0.5)} ms (${at(0.25)}–${at(0.75)})`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Options of the command line: `--rounds N`, `--rows N`, `--quick`. */
export function options(): { readonly rows: number; readonly rounds: number } {
  const words = process.argv.slice(2);
  const rounds = words.includes("--rounds") ? Number(words[words.indexOf("--rounds") + 1]) : 5;
  const rows = words.includes("--rows") ? Number(words[words.indexOf("--rows") + 1]) : 10_000_000;
  return words.includes("--quick") ? { rows: 20_000, rounds: 1 } : { rows, rounds };
}

function timed(
  program: string,
  args: readonly string[],
  cwd: string,
): { readonly ms: number; readonly output: string } {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return { ms: Math.round(performance.now() - began), output: stdout };
}
