import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { provided } from "../fixtures/warehouse.ts";
import embedded from "./embedded.ts";

const spilled = () => new Set(readdirSync(process.cwd()).filter((name) => name.startsWith(".duckdb-")));

it("holds in memory what the options say, else a third of what the attempt was granted", async () => {
  const limitOf = async (options: { readonly memory?: number }, granted?: number) => {
    const duckdb = await provided(embedded, { threads: 1, ...options });
    const connection = await duckdb.connect(new AbortController().signal, granted);
    const [row] = await connection.rows("SELECT current_setting('memory_limit')");
    duckdb.close();
    return row?.[0];
  };
  expect(await limitOf({ memory: 300 }, 4096)).toBe("300.0 MiB");
  expect(await limitOf({}, 600)).toBe("200.0 MiB");
});

it("says what gives it more memory where that does not suffice", async () => {
  const duckdb = await provided(embedded, { threads: 1, memory: 16 });
  const connection = await duckdb.connect(new AbortController().signal);
  await expect(connection.rows("SELECT len(list(i)) FROM range(10000000) AS r(i)")).rejects.toMatchObject({
    code: "duckdb-refused",
    detail: expect.stringMatching(/^DuckDB says: Out of Memory Error: [^·]+$/),
    hint: "Give it more by the option memory of ingest/duckdb, in MiB, or by three times that as the phase's resources.memory.",
  });
  duckdb.close();
});

it("leaves nothing of what it spilled to the disk", async () => {
  const before = spilled();
  const duckdb = await provided(embedded, { threads: 1, memory: 32 });
  const connection = await duckdb.connect(new AbortController().signal);
  await connection.run("CREATE TABLE long AS SELECT i, md5(i::VARCHAR) AS text FROM range(1000000) AS r(i)");
  const mine = [...spilled()].filter((name) => !before.has(name));
  expect(mine).not.toEqual([]);
  duckdb.close();
  expect(mine.filter((name) => spilled().has(name))).toEqual([]);
});
