import assert from "node:assert/strict";
import { defineServiceKit, type ServiceKit } from "@orchestrate/sdk/testing";
import { type Endpoint, type OpenEndpoint, type ReadRequest, Source } from "../endpoint/endpoint.ts";
import type { Row } from "../table/row.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import { allRows } from "./all-rows.ts";
import { type EndpointExample, opened } from "./endpoint-example.ts";
import { travels } from "./travels.ts";
import { writes } from "./writes.ts";

/**
 * What every endpoint must do, for `describeConformance(provider, { options, kit: endpointKit(example) })`. A target's
 * table is replaced, and then put back.
 */
export function endpointKit(example: EndpointExample): ServiceKit<Endpoint> {
  const tellsNoSecret = (what: string, text: string) => {
    for (const secret of Object.values(example.secrets ?? {}))
      assert.ok(secret === "" || !text.includes(secret), `${what} holds a secret`);
  };
  const open = <T>(endpoint: Endpoint, use: Parameters<typeof opened<T>>[2]) => opened(endpoint, example, use);
  return defineServiceKit(Source, {
    "has a label without credentials": ({ label }) => {
      assert.match(label, /\S/, "it is empty");
      tellsNoSecret("the label", label);
    },
    "can be reached": (endpoint) =>
      open(endpoint, async (_open, reach) => {
        const { ok, message } = await endpoint.testConnection(reach);
        assert.equal(ok, true, message);
        tellsNoSecret("what is found", message);
      }),
    "tells what can't be reached without throwing": (endpoint) =>
      open(endpoint, async (_open, reach) => {
        const nowhere = { ...reach, project: "/nowhere", input: "/nowhere", secrets: {} };
        const { message } = await endpoint.testConnection(nowhere);
        assert.match(message, /\S/, "it says nothing");
      }),
    "describes its columns": (endpoint) =>
      open(endpoint, async (table) => {
        const { columns, key } = await described(table);
        const names = columns.map(({ name }) => name);
        assert.deepEqual(names, example.columns ?? names);
        for (const name of key) assert.ok(findColumn({ columns }, name), `the key ${name} is no column`);
      }),
    "reads rows as they travel": (endpoint) =>
      open(endpoint, async (table) => {
        const { columns } = await described(table);
        const rows = await allRows(table, { columns: columns.map(({ name }) => name) });
        assert.ok(rows.length >= 3, `it has ${rows.length} rows, and three are needed`);
        for (const row of rows)
          for (const [at, column] of columns.entries()) {
            const wrong = travels(row[at], column);
            assert.ok(wrong === undefined, wrong);
          }
      }),
    "reads the columns that are asked for, in that order": (endpoint) =>
      open(endpoint, async (table) => {
        const names = (await described(table)).columns.map(({ name }) => name);
        const whole = await allRows(table, { columns: names });
        const turned = await allRows(table, { columns: names.toReversed() });
        assert.deepEqual(sorted(turned.map((row) => row.toReversed())), sorted(whole));
      }),
    "misses no row of a range": (endpoint) => open(endpoint, (table) => ranges(table, example.cursor)),
    "misses no row of a key": (endpoint) => open(endpoint, (table) => keys(table, example.cursor)),
    "reads no more than it is asked for": (endpoint) =>
      open(endpoint, async (table) =>
        assert.equal((await allRows(table, { columns: [example.cursor], limit: 2 })).length, 2),
      ),
    "lets DuckDB read what it reads": (endpoint) =>
      open(endpoint, async (table, { duckdb }) => {
        if (table.relation === undefined) return;
        const [row] = await duckdb.rows(`SELECT CAST(count(*) AS BIGINT) FROM ${table.relation}`);
        assert.equal(Number(row?.[0]), (await allRows(table, { columns: [example.cursor] })).length);
      }),
    "writes at once or not at all": (endpoint) => open(endpoint, (table, reach) => writes(endpoint, table, reach)),
  });
}

async function described(table: OpenEndpoint): Promise<TableSchema> {
  const schema = await table.describe();
  assert.ok(schema, "there is no table");
  return schema;
}

function sorted(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => row.map(String).join("|")).sort();
}

/** Every row behind one value of the cursor up to another must be there; others may be. */
async function ranges(table: OpenEndpoint, cursor: string): Promise<void> {
  const values = (await allRows(table, { columns: [cursor] })).map(([value]) => value ?? null);
  const distinct = [...new Set(values)].sort((a, b) => (isLess(a, b) ? -1 : 1));
  assert.ok(distinct.length >= 2, `the cursor ${cursor} has fewer than two values`);
  const [after, upTo] = [distinct[0]!, distinct.at(-1)!];
  const inside = values.filter((value) => value !== after).map(String);
  const got = (await allRows(table, { columns: [cursor], range: { column: cursor, after, upTo } })).map(([value]) =>
    String(value),
  );
  const left = [...got];
  for (const value of inside) {
    const at = left.indexOf(value);
    assert.ok(at >= 0, `the row at ${value} is missing in the range behind ${after} up to ${upTo}`);
    left.splice(at, 1);
  }
}

/** Every row with one value of the cursor must be there; others may be. */
async function keys(table: OpenEndpoint, cursor: string): Promise<void> {
  const read = async (request: Partial<ReadRequest>) =>
    (await allRows(table, { columns: [cursor], ...request })).map(([value]) => value ?? null);
  const values = await read({});
  const wanted = values[0] ?? null;
  const got = await read({ keys: { columns: [cursor], rows: [[wanted]] } });
  const [there, found] = [values, got].map((all) => all.filter((value) => value === wanted).length);
  assert.equal(found, there, `of ${there} rows at ${wanted} it reads ${found}`);
}

function isLess(a: unknown, b: unknown): boolean {
  return (a as string) < (b as string);
}
