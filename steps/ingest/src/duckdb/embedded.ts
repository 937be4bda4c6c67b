import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { defineService, z } from "@orchestrate/sdk";
import { connection } from "./connection.ts";
import { DuckDb } from "./duckdb.ts";
import { memoryLimit } from "./memory-limit.ts";

export default defineService({
  token: DuckDb,
  summary: "DuckDB inside of the step's process.",
  options: z.strictObject({
    /** Threads; one for each core where it is left out. */
    threads: z.number().int().positive().optional(),
    /** MiB, beyond which it spills to disk; where it is left out, see `memoryLimit`. */
    memory: z.number().int().positive().optional(),
  }),
  create({ options: { threads, memory } }) {
    const open: { closeSync(): void }[] = [];
    return {
      async connect(signal, granted = 0) {
        signal.throwIfAborted();
        // Below the attempt's own directory, so that nothing is left elsewhere when the process is killed.
        const spilled = join(process.cwd(), `.duckdb-${randomUUID().slice(0, 8)}`);
        const instance = await DuckDBInstance.create(":memory:", {
          temp_directory: spilled,
          autoinstall_known_extensions: "false",
          ...(threads === undefined ? {} : { threads: String(threads) }),
          memory_limit: `${memoryLimit({ option: memory, granted, machine: machineMemory() })}MiB`,
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

/** MiB of the machine or, where the container is allowed less, of that. */
function machineMemory(): number {
  // 0 where it is not known; without a limit a number larger than any memory.
  const allowed = process.constrainedMemory();
  return (allowed > 0 ? Math.min(totalmem(), allowed) : totalmem()) / 2 ** 20;
}
