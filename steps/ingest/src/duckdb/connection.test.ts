import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { provided } from "../fixtures/warehouse.ts";
import type { DuckDb } from "./duckdb.ts";
import embedded from "./embedded.ts";

let duckdb: DuckDb;
beforeEach(async () => {
  duckdb = await provided(embedded, { threads: 1 });
});
afterEach(() => duckdb.close());

describe("a result in batches", () => {
  it("has all rows, in their order", async () => {
    const connection = await duckdb.connect(new AbortController().signal);
    const numbers: unknown[] = [];
    for await (const rows of connection.batches("SELECT i FROM range(10000) AS t(i) ORDER BY i DESC"))
      numbers.push(...rows.map(([number]) => number));
    expect(numbers).toEqual(Array.from({ length: 10_000 }, (_, at) => BigInt(9999 - at)));
    for await (const _ of connection.batches("SELECT 1 WHERE FALSE")) throw new Error("there is no row");
  });

  it("has every text as it is, and none where there is none", async () => {
    const connection = await duckdb.connect(new AbortController().signal);
    const texts = ["", "\uFEFFmarked", "plain", "åland 🐟 \u0000 ends", "x".repeat(300), null];
    const rows = texts.flatMap((text, at) => texts.map((other) => [text, BigInt(at), other] as const));
    const literal = (text: string | null) => (text === null ? "NULL" : `decode('${bytes(text)}'::BLOB)`);
    const values = rows.map(([text, at, other], place) => `(${place}, ${literal(text)}, ${at}, ${literal(other)})`);
    await connection.run(
      `CREATE TABLE texts AS SELECT * FROM (VALUES ${values.join(", ")}) AS t(place, one, two, three)`,
    );
    const given: unknown[] = [];
    const query = "SELECT one, CAST(two AS BIGINT) AS two, three FROM texts ORDER BY place";
    for await (const batch of connection.batches(query)) given.push(...batch);
    expect(given).toEqual(rows);
  });

  it("is an error, and no shorter one, where a late row fails", async () => {
    const connection = await duckdb.connect(new AbortController().signal);
    const failing = "SELECT CASE WHEN i = 1000000 THEN error('the 1000000th') ELSE i END FROM range(2000000) AS t(i)";
    let given = 0;
    const reading = async () => {
      for await (const rows of connection.batches(failing)) given += rows.length;
    };
    await expect(reading()).rejects.toMatchObject({
      code: "duckdb-refused",
      detail: expect.stringContaining("the 1000000th"),
    });
    expect(given).toBe(0);
  });

  it("is an error where it is interrupted", async () => {
    const stop = new AbortController();
    const connection = await duckdb.connect(stop.signal);
    const reading = async () => {
      for await (const _ of connection.batches("SELECT i FROM range(60000) AS t(i)")) stop.abort(new Error("stopped"));
    };
    await expect(reading()).rejects.toThrow("stopped");
  });
});

function bytes(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
