import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DuckDb } from "./duckdb/duckdb.ts";
import embedded from "./duckdb/embedded.ts";
import csv from "./endpoints/csv.ts";
import ndjson from "./endpoints/ndjson.ts";
import sqlite from "./endpoints/sqlite.ts";
import { LONGEST_ROW } from "./files/csv-row.ts";
import { duckRows, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";
import { typeWords } from "./table/column-type.ts";
import type { Row } from "./table/row.ts";

let root: string;
let duckdb: DuckDb;
beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-csv-")));
  duckdb = await provided(embedded, { threads: 1 });
});
afterEach(() => {
  duckdb.close();
  rmSync(root, { recursive: true, force: true });
});

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The columns, as `name type`, and all rows of a file or directory of the test's. */
async function read(path: string, options: Parameters<typeof csv.definition.options.parse>[0] = {}) {
  const { signal } = new AbortController();
  const source = path.endsWith(".ndjson")
    ? await provided(ndjson, { path })
    : await provided(csv, { path, ...(options as object) });
  const reach = { project: root, secrets: {}, duckdb: await duckdb.connect(signal), log, signal };
  await using opened = await source.open({ ...reach, input: undefined, output: undefined });
  const schema = await opened.describe();
  const names = schema?.columns.map(({ name }) => name) ?? [];
  const rows: Row[] = [];
  for await (const batch of opened.read({ columns: names })) rows.push(...batch);
  return { columns: schema?.columns.map(({ name, type }) => `${name} ${typeWords(type)}`), rows };
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(root, name), content);
  return name;
}

/** More rows than types are found out from, and `late` behind them. */
function long(header: string, usual: string, late: readonly string[]): string {
  return [header, ...Array.from({ length: 21_000 }, () => usual), ...late, ""].join("\n");
}

describe("a CSV file", () => {
  it.each([
    [
      "a line that begins with # is a row",
      "id,tag\n1,#a\n#2,b\n",
      [
        ["1", "#a"],
        ["#2", "b"],
      ],
    ],
    ["no first line is passed over", "name\nDoe; John\nRoe; Jane\n", [["Doe; John"], ["Roe; Jane"]]],
    ["a semicolon between names stands between values", "id;price\na;1,5\n", [["a", "1,5"]]],
    ["a tab as well", "id\tprice\na\t1,5\n", [["a", "1,5"]]],
    ["a delimiter in quotes is none", '"a;b;c",d\nx,y\n', [["x", "y"]]],
    [
      "an apostrophe is no quote",
      "id,text\na,'b\nc,d'\n",
      [
        ["a", "'b"],
        ["c", "d'"],
      ],
    ],
  ])("%s", async (_, text, rows) => {
    expect((await read(file("rows.csv", text))).rows).toEqual(rows);
  });

  it("is unquoted where the first quote comes late", async () => {
    const text = long("id,text", "x,plain", ['a,"b,c"', 'd,"say ""e"""', 'f,""', "g,"]);
    const { rows } = await read(file("rows.csv", text));
    expect(rows.slice(-4)).toEqual([
      ["a", "b,c"],
      ["d", 'say "e"'],
      ["f", ""],
      ["g", null],
    ]);
  });

  it.each([
    ["dates of whichever order", ["03/04/2026", "05/06/2026"]],
    ["years of two digits", ["03/04/26", "05/06/26"]],
    ["times of such days", ["03/04/26 10:00", "05/06/26 11:00"]],
    ["minutes and seconds", ["10:30", "11:45"]],
    ["letters that could be truth values", ["f", "t"]],
    ["words that could be", ["no", "yes"]],
    ["hexadecimal numbers", ["0x10", "0x20"]],
    ["numbers of more digits than any holds", ["12345678901234567890", "12345678901234567891"]],
    ["numbers that begin with zeros", ["00123", "04567"]],
    ["numbers beyond what a float holds", ["1e400", "-2.5e309"]],
  ])("keeps %s as the text they are", async (_, values) => {
    const text = `id,value\n${values.map((value, at) => `${at},${value}\n`).join("")}`;
    const { columns, rows } = await read(file("rows.csv", text));
    expect(columns).toEqual(["id integer(64)", "value text"]);
    expect(rows.map(([, value]) => value)).toEqual(values);
  });

  it.each([
    ["date", "2026-04-03", "2026-04-03"],
    ["timestamp", "2026-04-03 10:00:00", "2026-04-03 10:00:00"],
    ["timestamp", "2026-04-03T10:00:00+02:00", "2026-04-03 08:00:00"],
    ["boolean", "true", true],
    ["integer(64)", "-1000000000000000001", -1000000000000000001n],
    ["float(64)", "1.5e3", 1500],
    ["float(64)", "-2e+0307", -2e307],
    ["time", "10:30:00", "10:30:00"],
  ])("tells %s by what is written so", async (type, written, value) => {
    const { columns, rows } = await read(file("rows.csv", `id,value\n1,${written}\n`));
    expect(columns).toEqual(["id integer(64)", `value ${type}`]);
    expect(rows).toEqual([[1n, value]]);
  });

  it.each([
    [
      {},
      "5",
      "2.5",
      'Column "value": 2.5 is no whole number, or one of more digits than those before: give the column',
    ],
    [{}, "2026-04-03", "03/04/26", "Could not convert string \"03/04/26\" to 'DATE'"],
    [{ types: { value: "integer" } }, "5", "2.5", 'Column "value": 2.5 is no whole number'],
    [{ types: { value: "timestamp" } }, "2026-04-03 10:00:00", "soon", "soon"],
  ])("with %j is refused where %s is followed by %s", async (options, usual, late, words) => {
    const path = file("rows.csv", long("id,value", `1,${usual}`, [`2,${late}`]));
    await expect(read(path, options)).rejects.toMatchObject({
      code: "duckdb-refused",
      detail: expect.stringContaining(words),
    });
  });

  it("that is a zipped one, or empty beside others, is read as well", async () => {
    file("a.csv.gz", gzipSync("id;value\n1;a\n"));
    file("b.csv", "id,value\n2,b\n");
    file("c.csv", "");
    const { columns, rows } = await read(".");
    expect(columns).toEqual(["id integer(64)", "value text"]);
    expect(rows).toEqual([
      [1n, "a"],
      [2n, "b"],
    ]);
  });

  it.each([
    ["values too few", "id,a,b\n1,2,3\n4,5\n6,7,8,9\n"],
    ["a quote that is not closed", 'id,a\n1,x\n2,"y\n3,z\n'],
    ["a comment", "# made today\nid,a\n1,2\n"],
    ["lines that end in different ways", "id,a\n1,2\r\n3,4\n"],
    ["letters of two bytes", Buffer.from("id,a\n1,2\n", "utf16le")],
  ])("with %s is refused, and named", async (_, text) => {
    file("a.csv", "id,a\n1,2\n");
    file("b.csv", text);
    const { detail, ...rest } = await read(".").catch((error) => error.toEnvelope());
    expect(rest).toMatchObject({ error: "csv-malformed", category: "input" });
    expect(detail).toBe(
      `${join(root, "b.csv")} can't be read as CSV: not all of its lines have as many values as the first, a quote is not closed, lines end in different ways, or it is not UTF-8.`,
    );
  });
});

it.each([
  ["twice", "id,a,a"],
  ["in capitals and small", "id,A,a"],
])("CSV that has a name %s is refused, and not with numbered ones", async (_, names) => {
  await expect(read(file("rows.csv", `${names}\n1,x,y\n`))).rejects.toMatchObject({ code: "columns-equal" });
  const { columns } = await read(file("rows.csv", "id,a, a_1\n1,x,y\n"));
  expect(columns).toEqual(["id integer(64)", "a text", "a_1 text"]);
});

it("CSV whose first line is for Excel alone is refused", async () => {
  const path = file("rows.csv", "sep=;\r\nid;a\r\n1;x\r\n");
  await expect(read(path)).rejects.toMatchObject({
    code: "csv-malformed",
    detail: `${join(root, path)} begins with the line "sep=;", which Excel alone understands.`,
    hint: "Take that line out; the option delimiter says the same.",
  });
});

it("CSV in another encoding is told with its line, and without what DuckDB would have set", async () => {
  await expect(read(file("rows.csv", Buffer.from("id,a\n1,\xe9\n", "latin1")))).rejects.toMatchObject({
    code: "duckdb-refused",
    detail: `DuckDB says: Invalid Input Error: CSV Error on Line: 2 · Original Line: id,a · Invalid unicode (byte sequence mismatch) detected. This file is not utf-8 encoded. · file = ${join(root, "rows.csv")}`,
  });
});

it("NDJSON with names that differ by case alone is refused, and not with numbered ones", async () => {
  await expect(read(file("rows.ndjson", '{"id":1,"ID":2}\n'))).rejects.toMatchObject({
    code: "columns-equal",
    detail: 'Two columns of the source are called "ID", which differ by case at most.',
  });
  const { rows } = await read(file("rows.ndjson", '{"id":1,"id_1":2}\n'));
  expect(rows).toEqual([[1n, 2n]]);
});

it.each([
  ["numbers", "1\n2\n"],
  ["one list of all rows", '[{"id":1},{"id":2}]\n'],
  ["an object and a list", '{"id":1}\n[2]\n'],
])("NDJSON with %s is refused, and named", async (_, text) => {
  mkdirSync(join(root, "all.ndjson"));
  file("all.ndjson/a.ndjson", '{"id":1}\n');
  const other = file("all.ndjson/b.ndjson", text);
  await expect(read("all.ndjson")).rejects.toMatchObject({
    code: "ndjson-malformed",
    category: "input",
    detail: `${join(root, other)} can't be read as NDJSON: not every line is an object with fields.`,
    hint: "Write one object a line; of a list of objects in JSON, `jq -c '.[]'` makes such lines.",
  });
});

it("NDJSON that is not whole is told with file and line, and without the statement", async () => {
  await expect(read(file("rows.ndjson", '{"id":1}\n{"id":\n'))).rejects.toMatchObject({
    code: "duckdb-refused",
    detail: expect.stringMatching(
      /^DuckDB says: Invalid Input Error: Malformed JSON in file "\S+", at byte 8 in line 3: unexpected end of data\.$/,
    ),
  });
});

it("NDJSON tells a date by ISO 8601 alone", async () => {
  const { columns } = await read(file("rows.ndjson", '{"a":"03-04-2026","b":"2026-04-03"}\n'));
  expect(columns).toEqual(["a text", "b date"]);
});

it("a row may be as long as what is read at once, and one that is longer is told by that", async () => {
  const load = async (length: number) => {
    const source = await provided(csv, { path: file("rows.csv", `id,value,at\n1,${"x".repeat(length)},1\n`) });
    const config = { changes: { mode: "cursor", column: "at" } as const, strategy: "scd1" as const, key: ["id"] };
    const warehouse = new Warehouse(root, { source, target: await provided(csv, {}), config });
    await warehouse.loaded();
    // It reads what it has written.
    file("rows.csv", "id,value,at\n2,y,2\n");
    await warehouse.loaded();
    return duckRows(
      `SELECT id, length(value) FROM read_csv('${warehouse.table}/*.csv', max_line_size=32000000) ORDER BY id`,
    );
  };
  expect(await load(5_000_000)).toEqual([
    ["1", "5000000"],
    ["2", "1"],
  ]);
  await expect(load(33_000_000)).rejects.toThrow("Maximum line size of 32000000 bytes exceeded");
});

it("a row that is longer than can be read is not written", async () => {
  using shop = new DatabaseSync(join(root, "shop.sqlite"));
  shop.exec("CREATE TABLE rows (id BIGINT, value TEXT, note TEXT)");
  const source = await provided(sqlite, { database: "shop.sqlite", table: "rows" });
  const load = async (value: string) => {
    shop.exec("DELETE FROM rows");
    shop.prepare("INSERT INTO rows VALUES (1, ?, 'n')").run(value);
    const config = { changes: { mode: "full" } as const, strategy: "full" as const };
    return new Warehouse(root, { source, target: await provided(csv, {}), config });
  };
  // Each of the three values takes three bytes more than it has.
  const rest = LONGEST_ROW - 11;
  const longest = await load("x".repeat(rest));
  await longest.loaded();
  expect(await read(relative(root, longest.table))).toMatchObject({ rows: [[1n, expect.any(String), "n"]] });
  const { error } = await (await load(`${'"'.repeat(9_000_000)}${"x".repeat(rest + 1 - 18_000_000)}`)).load();
  expect(error).toMatchObject({
    code: "duckdb-refused",
    detail: `DuckDB says: Invalid Input Error: A row has 32000001 bytes as CSV, of which no more than 32000000 can be read again: load into parquet, or leave a column out by columns.`,
  });
});

it("a load whose last row can't be read leaves its target as it was", async () => {
  const source = await provided(csv, { path: file("rows.csv", long("id,value", "1,2026-04-03", ["2,03/04/26"])) });
  const target = await provided(sqlite, { database: "target.sqlite", table: "rows" });
  const warehouse = new Warehouse(root, { source, target, config: { changes: { mode: "full" }, strategy: "full" } });
  await expect(warehouse.loaded()).rejects.toThrow("03/04/26");
  expect(sqliteRows(join(root, "target.sqlite"), "SELECT name FROM sqlite_schema WHERE name = 'rows'")).toEqual([]);
});

it.each([
  ["text", {}],
  ["interval", { at: "interval" }],
])("a load by a cursor that is %s says by which order it goes on", async (words, types) => {
  const source = await provided(csv, { path: file("rows.csv", "id,at\n1,03/04/2026\n"), types });
  const target = await provided(sqlite, { database: "target.sqlite", table: "rows" });
  const config = { changes: { mode: "cursor", column: "at" } as const, strategy: "append" as const };
  const { log: told } = await new Warehouse(root, { source, target, config }).load();
  const warnings = told.filter(({ level }) => level === "warn").map(({ message }) => message);
  expect(warnings.at(-1)).toBe(
    `The cursor "at" is ${words}: it goes on by the order of its letters, in which 9 follows 10.`,
  );
  const unknown = 'types calls "at" interval, which is none of the types that travel: it is kept as text.';
  expect(warnings.includes(unknown)).toBe(words === "interval");
});

it("a type for a column that is not there is refused with the file's name", async () => {
  const path = file("rows.csv", "id,at\n1,2\n");
  await expect(read(path, { types: { ID: "bigint", att: "bigint" } })).rejects.toMatchObject({
    code: "column-unknown",
    category: "input",
    detail: `The option types names the column "att", which is not in ${join(root, path)}.`,
    hint: "There are id, at.",
  });
});

it.each([
  [{ delimiter: '"' }, "neither a quote nor an end of a line"],
  [{ delimiter: "\n" }, "neither a quote nor an end of a line"],
  [{ sample: 0 }, "a number of rows, or -1 for all"],
])("options that read nothing are refused before anything runs: %j", (options, message) => {
  expect(csv.definition.options.safeParse(options).error?.issues).toMatchObject([{ message }]);
});
