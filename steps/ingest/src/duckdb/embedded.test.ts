import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { provided } from "../fixtures/warehouse.ts";
import embedded from "./embedded.ts";

const spilled = () => new Set(readdirSync(process.cwd()).filter((name) => name.startsWith(".duckdb-")));

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
