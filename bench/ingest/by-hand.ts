/**
 * What a person would write by hand: `node by-hand.ts copy|upsert|parts JSON`. Prints the milliseconds it took, without
 * the start of the process.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";

interface Work {
  readonly source: string;
  readonly target: string;
  readonly threads: number;
  /** Directories of `target` to rewrite. */
  readonly parts?: readonly string[];
}

const [what, json] = process.argv.slice(2);
const work = JSON.parse(json!) as Work;
const began = performance.now();
const instance = await DuckDBInstance.create(":memory:", { threads: String(work.threads) });
const duck = await instance.connect();

switch (what) {
  case "copy":
    await duck.run(
      `COPY (SELECT * FROM read_csv('${work.source}')) TO '${work.target}' (FORMAT parquet, COMPRESSION snappy)`,
    );
    for (const path of [work.source, work.target]) sha256(path);
    break;
  case "upsert": {
    using db = new DatabaseSync(work.target);
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN");
    const upsert = db.prepare(
      "INSERT INTO orders VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, part = excluded.part, changed = excluded.changed",
    );
    const rows = await duck.stream(`SELECT id, name, part, changed FROM read_csv('${work.source}')`);
    for (;;) {
      const chunk = await rows.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      for (const row of chunk.getRows()) upsert.run(...(row as (string | bigint)[]));
    }
    db.exec("COMMIT");
    break;
  }
  case "parts":
    await duck.run(`CREATE TABLE delta AS SELECT * FROM read_csv('${work.source}')`);
    for (const part of work.parts ?? []) {
      const old = `read_parquet('${work.target}/${part}/*.parquet', hive_partitioning=false)`;
      await duck.run(`COPY (SELECT * FROM (SELECT * FROM ${old} AS t WHERE NOT EXISTS (SELECT 1 FROM delta AS d WHERE d.id = t.id)
        UNION ALL SELECT * FROM delta WHERE part = ${part.split("=")[1]}) ORDER BY id) TO '${work.target}/${part}.coming' (FORMAT parquet, COMPRESSION snappy)`);
    }
    break;
  default:
    throw new Error(`there is no ${what}`);
}
console.log(Math.round(performance.now() - began));
duck.closeSync();
instance.closeSync();

function sha256(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  const buffer = Buffer.allocUnsafe(4 << 20);
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
    hash.update(buffer.subarray(0, read));
  closeSync(file);
  return hash.digest("hex");
}
