/**
 * What a person would write by hand: `node by-hand.ts copy|upsert|parts JSON`. Prints the milliseconds it took, without
 * the start of the process.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";

interface Work {
  readonly source: string;
  readonly target: string;
  readonly threads: number;
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
  case "parts": {
    // As in the database, the newest row of a key counts, and a key may have stood in another part.
    await duck.run(`CREATE TABLE delta AS SELECT * FROM read_csv('${work.source}')
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY changed DESC) = 1`);
    const all = `read_parquet('${work.target}/*/*.parquet', hive_partitioning=false)`;
    const touched = await duck.runAndReadAll(
      `SELECT part FROM delta UNION SELECT t.part FROM ${all} AS t JOIN delta USING (id) ORDER BY ALL`,
    );
    for (const [part] of touched.getRows()) {
      const files = join(work.target, `part=${part}`);
      const old = `read_parquet('${files}/*.parquet', hive_partitioning=false)`;
      await duck.run(`COPY (SELECT * FROM (SELECT * FROM ${old} AS t WHERE NOT EXISTS (SELECT 1 FROM delta AS d WHERE d.id = t.id)
        UNION ALL SELECT * FROM delta WHERE part = ${part}) ORDER BY id) TO '${files}/coming' (FORMAT parquet, COMPRESSION snappy)`);
      renameSync(join(files, "coming"), join(files, "part-0.parquet"));
    }
    break;
  }
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
