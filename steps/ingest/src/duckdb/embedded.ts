import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { defineService, z } from "@orchestrate/sdk";
import { connection } from "./connection.ts";
import { DuckDb } from "./duckdb.ts";

export default defineService({
  token: DuckDb,
  summary: "DuckDB inside of the step's process.",
  options: z.strictObject({
    /** Threads; one for each core where it is left out. */
    threads: z.number().int().positive().optional(),
    /** MiB, beyond which it spills to disk; four fifths of the machine's memory where it is left out. */
    memory: z.number().int().positive().optional(),
  }),
  create({ options: { threads, memory } }) {
    const open: { closeSync(): void }[] = [];
    return {
      async connect(signal: AbortSignal) {
        signal.throwIfAborted();
        // Below the attempt's own directory, so that nothing is left elsewhere when the process is killed.
        const spilled = join(process.cwd(), `.duckdb-${randomUUID().slice(0, 8)}`);
        const instance = await DuckDBInstance.create(":memory:", {
          temp_directory: spilled,
          autoinstall_known_extensions: "false",
          ...(threads === undefined ? {} : { threads: String(threads) }),
          ...(memory === undefined ? {} : { memory_limit: `${memory}MiB` }),
        });
        const made = await instance.connect();
        open.push({ closeSync: () => rmSync(spilled, { recursive: true, force: true }) }, instance, made);
        // Where a time tells its zone, it becomes one of UTC, and not one of wherever this runs.
        await made.run("SET TimeZone = 'UTC'");
        return connection(made, signal);
      },
      close() {
        for (const each of open.splice(0).reverse()) each.closeSync();
      },
    };
  },
  dispose: (duckdb) => duckdb.close(),
});
