import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { encodeRow, hashRow } from "../fixtures/encode-row.ts";
import { duckRows } from "../fixtures/warehouse.ts";
import { createTable } from "../sql/create-table.ts";
import { quoteValue } from "../sql/quote.ts";
import { readTable } from "../sqlite/read-table.ts";
import type { Row, Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";
import { toChecksum } from "./checksum.ts";
import { type HashingDialect, hashedRows, hashSums, rowEncoding } from "./encoding-sql.ts";

const COLUMNS: readonly Column[] = [
  { name: "b", type: { type: "boolean" }, nullable: true },
  { name: "i", type: { type: "integer", bits: 64 }, nullable: true },
  { name: "d", type: { type: "decimal", precision: 20, scale: 4 }, nullable: true },
  { name: "f", type: { type: "float", bits: 64 }, nullable: true },
  { name: "day", type: { type: "date" }, nullable: true },
  { name: "at", type: { type: "timestamp" }, nullable: true },
  { name: "s", type: { type: "text", length: null }, nullable: true },
  { name: "u", type: { type: "uuid" }, nullable: true },
  { name: "j", type: { type: "json" }, nullable: true },
  { name: "x", type: { type: "binary" }, nullable: true },
];

const [NIL, V7] = ["00000000-0000-0000-0000-000000000000", "018f4e1c-8a2b-7c3d-9e4f-0123456789ab"];

/** The published fixture: docs/formats/row-encoding.md shows it. */
const FIXTURE: readonly (readonly [Row, string])[] = [
  [[null, null, null, null, null, null, null, null, null, null], "N,N,N,N,N,N,N,N,N,N,"],
  [
    [true, 0n, "0.0000", 0, "1970-01-01", "1970-01-01 00:00:00", "", NIL, "{}", ""],
    `T,n0,n0,f0000000000000000,d0,t0,s0:,s36:${NIL},s2:{},x,`,
  ],
  [
    [
      false,
      -9223372036854775808n,
      "-1.5000",
      -0,
      "1969-12-31",
      "1969-12-31 23:59:59.999999",
      "é,N",
      null,
      '{"b": [1.0, "é"]}',
      "00",
    ],
    'F,n-9223372036854775808,n-1.5,f0000000000000000,d-1,t-1,s4:é,N,N,s18:{"b": [1.0, "é"]},x00,',
  ],
  [
    [
      true,
      9223372036854775807n,
      "1234567890123456.7890",
      0.1,
      "2026-11-25",
      "2026-11-25 12:00:00.25",
      "\n\u{1f6a2}",
      V7,
      null,
      "ff5c7800",
    ],
    `T,n9223372036854775807,n1234567890123456.789,f3fb999999999999a,d20782,t1795608000250000,s5:\n\u{1f6a2},s36:${V7},N,xff5c7800,`,
  ],
  [
    [null, 10n, "100.0000", -1e300, "0001-01-01", "0001-01-01 00:00:00", "' \"\\", NIL, '"\\u00e9"', null],
    `N,n10,n100,ffe37e43c8800759c,d-719162,t-62135596800000000,s4:' "\\,s36:${NIL},s8:"\\u00e9",N,`,
  ],
  [
    [null, null, "0.2500", null, "0044-03-15 (BC)", "0044-03-15 (BC) 12:00:00.5", null, null, null, null],
    "N,N,n0.25,N,d-735160,t-63517780799500000,N,N,N,N,",
  ],
  [
    [null, null, null, null, "12345-06-07", "12345-06-07 00:00:00", null, null, null, null],
    "N,N,N,N,d3789548,t327416947200000000,N,N,N,N,",
  ],
  [[null, null, null, null, "infinity", "-infinity", null, null, null, null], "N,N,N,N,dinfinity,t-infinity,N,N,N,N,"],
];

const SUM = BigInt.asUintN(
  128,
  FIXTURE.reduce((sum, [row]) => sum + hashRow(row, COLUMNS), 0n),
);

describe("the canonical encoding", () => {
  it.each(FIXTURE.map(([row, encoding]) => ({ row, encoding })))("$encoding in JavaScript", ({ row, encoding }) => {
    expect(encodeRow(row, COLUMNS)).toBe(encoding);
  });

  it("reads MD5 from the least byte on", () => {
    // What `printf N, | md5sum` prints.
    const digest = "7371d686ca15d3d172376c2d9ee7e509";
    const hash = hashRow([null], [COLUMNS[0]!]);
    expect(Buffer.from(hash.toString(16).padStart(32, "0"), "hex").reverse().toString("hex")).toBe(digest);
  });

  it("in DuckDB", async () => {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(createTable("t", { columns: [...COLUMNS], key: [] }, "duckdb"));
    for (const [row] of FIXTURE) await connection.run(`INSERT INTO t VALUES (${literals(row, "duckdb")})`);
    const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String));
    await agrees(query, "duckdb");
    connection.closeSync();
    instance.closeSync();
  });

  it("of rows that were read from SQLite", async () => {
    using db = new DatabaseSync(":memory:");
    db.exec(createTable("t", { columns: [...COLUMNS], key: [] }, "sqlite"));
    const insert = db.prepare(`INSERT INTO t VALUES (${COLUMNS.map(() => "?").join(", ")})`);
    for (const [row] of FIXTURE) insert.run(...row.map((value, at) => inSqlite(value, COLUMNS[at]!)));
    const rows: Row[] = [];
    for await (const batch of readTable(db, "t", { columns: COLUMNS.map(({ name }) => name) })) rows.push(...batch);
    expect(rows.map((row) => encodeRow(row, COLUMNS))).toEqual(FIXTURE.map(([, encoding]) => encoding));
  });

  it.skipIf(process.env.ORCHESTRATE_TEST_POSTGRES === undefined)(
    "in PostgreSQL (needs ORCHESTRATE_TEST_POSTGRES)",
    async () => {
      const client = new Client({ connectionString: process.env.ORCHESTRATE_TEST_POSTGRES });
      await client.connect();
      await client.query(createTable("t", { columns: [...COLUMNS], key: [] }, "postgres", "TEMPORARY "));
      for (const [row] of FIXTURE) await client.query(`INSERT INTO t VALUES (${literals(row, "postgres")})`);
      const query = async (sql: string) =>
        (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows.map((row) => row.map(String));
      await agrees(query, "postgres");
      await client.end();
    },
  );
});

it("of 1,600 columns is no expression that is too deep", async () => {
  const columns = Array.from({ length: 1600 }, (_, at) => ({ ...COLUMNS[1]!, name: `c${at}` }));
  const row = `SELECT ${columns.map(({ name }, at) => `CAST(${at} AS BIGINT) AS ${name}`).join(", ")}`;
  const [[encoding] = []] = await duckRows(`SELECT ${rowEncoding(columns, "duckdb")} FROM (${row})`);
  expect(encoding).toBe(columns.map((_, at) => `n${at},`).join(""));
});

async function agrees(
  query: (sql: string) => Promise<readonly (readonly string[])[]>,
  dialect: HashingDialect,
): Promise<void> {
  const encodings = await query(`SELECT ${rowEncoding(COLUMNS, dialect)} FROM t`);
  expect(encodings.flat().sort()).toEqual(FIXTURE.map(([, encoding]) => encoding).sort());
  const [sums = []] = await query(
    `SELECT count(*), ${hashSums(dialect)
      .map((sum) => `CAST(${sum} AS VARCHAR)`)
      .join(", ")} FROM ${hashedRows(COLUMNS, "t", dialect)}`,
  );
  expect(toChecksum(sums)).toEqual({ rows: FIXTURE.length, sum: SUM });
}

function inSqlite(value: Value, { type }: Column): number | bigint | string | Uint8Array | null {
  if (typeof value === "boolean") return Number(value);
  return type.type === "binary" && typeof value === "string" ? Buffer.from(value, "hex") : value;
}

function literals(row: Row, dialect: HashingDialect): string {
  return row.map((value, at) => literal(value, COLUMNS[at]!, dialect)).join(", ");
}

function literal(value: Value, { type }: Column, dialect: HashingDialect): string {
  if (type.type === "binary" && value !== null)
    return dialect === "duckdb" ? `unhex('${value}')` : `decode('${value}', 'hex')`;
  return `CAST(${typeof value === "number" ? `'${value}'` : quoteValue(value)} AS ${typeName(type, dialect)})`;
}
