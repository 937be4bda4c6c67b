import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describeConformance } from "@orchestrate/sdk/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import csv from "./endpoints/csv.ts";
import http from "./endpoints/http.ts";
import ndjson from "./endpoints/ndjson.ts";
import parquet from "./endpoints/parquet.ts";
import postgres from "./endpoints/postgres.ts";
import sqlite from "./endpoints/sqlite.ts";
import { duckRows, provided } from "./fixtures/warehouse.ts";
import { allRows } from "./testing/all-rows.ts";
import { opened } from "./testing/endpoint-example.ts";
import { endpointKit } from "./testing/index.ts";

const POSTGRES = process.env.ORCHESTRATE_TEST_POSTGRES;
let root: string;
const ROWS =
  "(VALUES (1, 'a', 1.25, true, TIMESTAMP '2026-01-01 00:00:01'), (2, NULL, -0.5, false, TIMESTAMP '2026-01-02 00:00:00.25'), (3, 'c,\"d\"', 0, NULL, TIMESTAMP '2026-01-03')) AS t(id, name, price, ok, changed)";

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-endpoints-")));
  for (const format of ["csv", "parquet"])
    await duckRows(`COPY (SELECT * FROM ${ROWS}) TO '${root}/goods.${format}' (FORMAT ${format})`);
  await duckRows(`COPY (SELECT * FROM ${ROWS}) TO '${root}/goods.ndjson' (FORMAT json)`);
  using db = new DatabaseSync(join(root, "goods.sqlite"));
  db.exec("CREATE TABLE goods (id BIGINT PRIMARY KEY, name TEXT, price DECIMAL(10,2), ok BOOLEAN, changed TIMESTAMP)");
  db.exec(
    "INSERT INTO goods VALUES (1, 'a', 1.25, 1, '2026-01-01T00:00:01Z'), (2, NULL, -0.5, 0, '2026-01-02 00:00:00.250'), (3, 'c', 0, NULL, '2026-01-03')",
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the conformance kit of endpoints passes", () => {
  const table = { columns: ["id", "name", "price", "ok", "changed"], cursor: "changed" };
  const kit = (file?: string) =>
    endpointKit({ project: root, ...table, ...(file === undefined ? {} : { input: join(root, file) }) });

  it("csv", () => describeConformance(csv, { kit: kit("goods.csv"), options: { key: ["id"] } }));
  it("ndjson", () =>
    describeConformance(ndjson, { kit: kit("goods.ndjson"), options: { types: { changed: "timestamp" } } }));
  it("parquet", () => describeConformance(parquet, { kit: kit("goods.parquet") }));
  it("parquet at a path outside", () =>
    describeConformance(parquet, { kit: kit(), options: { path: "goods.parquet" } }));
  it("sqlite that is wired", () =>
    describeConformance(sqlite, { kit: kit("goods.sqlite"), options: { table: "goods" } }));
  it("sqlite at a path outside", () =>
    describeConformance(sqlite, { kit: kit(), options: { database: "goods.sqlite", table: "goods" } }));

  it.skipIf(POSTGRES === undefined)("postgres (needs ORCHESTRATE_TEST_POSTGRES)", async () => {
    const client = new Client({ connectionString: POSTGRES });
    await client.connect();
    try {
      await client.query("DROP TABLE IF EXISTS ingest_goods");
      await client.query(
        "CREATE TABLE ingest_goods (id bigint PRIMARY KEY, name text, price numeric(10,2), ok boolean, changed timestamptz)",
      );
      await client.query(
        "INSERT INTO ingest_goods VALUES (1, 'a', 1.25, true, '2026-01-01 00:00:01Z'), (2, NULL, -0.5, false, '2026-01-02 00:00:00.25Z'), (3, 'c', 0, NULL, '2026-01-03Z')",
      );
      const secrets = { URL: POSTGRES! };
      const options = { urlSecret: "URL", table: "ingest_goods", fetch: 2 };
      await describeConformance(postgres, { kit: endpointKit({ secrets, ...table }), options });
    } finally {
      await client.query("DROP TABLE IF EXISTS ingest_goods, orchestrate_ingest");
      await client.end();
    }
  });
});

describe("the HTTP source", () => {
  let server: Server;
  const asked: string[] = [];
  const broken = { left: 0 };
  beforeAll(async () => {
    const rows = [1, 2, 3, 4, 5].map((id) => ({ id, changed: `2026-01-0${id} 00:00:00`, tags: ["x"] }));
    server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://x");
      asked.push(`${url.search} ${request.headers.authorization ?? ""}`);
      if (broken.left > 0) {
        broken.left -= 1;
        response.writeHead(503, { "retry-after": "0" }).end();
        return;
      }
      const page = Number(url.searchParams.get("page") ?? url.searchParams.get("from") ?? 0);
      const size = 2;
      const from = url.searchParams.has("from") ? page : page * size;
      const items = rows.slice(from, from + size);
      const next = from + size < rows.length ? `/goods?page=${from / size + 1}` : null;
      response
        .writeHead(url.pathname === "/goods" ? 200 : 404)
        .end(JSON.stringify({ data: { items }, next, token: next === null ? "" : from / size + 1 }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const url = (path = "/goods") => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const ids = async (
    options: Parameters<typeof provided<unknown, (typeof http)["definition"]["options"]>>[1],
    secrets = {},
  ) =>
    opened(await provided(http, options), { cursor: "id", secrets }, async (table) =>
      (await allRows(table, { columns: ["id"] })).map(([id]) => Number(id)),
    );

  it.each([
    ["links", { by: "link", path: "next" }],
    ["tokens", { by: "token", path: "token", parameter: "page" }],
    ["numbers", { by: "number", parameter: "page", first: 0 }],
    ["offsets", { by: "offset", parameter: "from" }],
  ] as const)("pages by %s", async (_name, paging) => {
    expect(await ids({ url: url(), rows: "data.items", paging })).toEqual([1, 2, 3, 4, 5]);
  });

  it("passes the kit, sends its secret, and asks again for what fails for a while", async () => {
    broken.left = 2;
    asked.length = 0;
    const options = {
      url: url(),
      rows: "data.items",
      paging: { by: "link", path: "next" },
      tokenSecret: "KEY",
      types: { changed: "timestamp", id: "bigint", tags: "json" },
    } as const;
    expect(await ids(options, { KEY: "s3cret" })).toEqual([1, 2, 3, 4, 5]);
    expect(asked.slice(0, 3)).toEqual([" Bearer s3cret", " Bearer s3cret", " Bearer s3cret"]);
    await describeConformance(http, { kit: endpointKit({ cursor: "changed", secrets: { KEY: "s3cret" } }), options });
  });

  it("says what fails", async () => {
    await expect(ids({ url: url("/none") })).rejects.toMatchObject({
      code: "http-failed",
      detail: `${url("/none")} gave no rows: status 404 ({"data":{"items":[{"id":1,"changed":"2026-01-01 00:00:00","tags":["x"]},{"id":2,"changed":"2026-01-02 00:00:00","tags":["x"]}]},"next":"/goods?page=1","token":1}). It was asked once.`,
    });
    await expect(ids({ url: url() })).rejects.toMatchObject({
      code: "http-unsuitable",
      detail: `The answer of ${url()} holds no list at "".`,
    });
    await expect(
      ids({ url: url(), rows: "data.items", paging: { by: "link", path: "next" }, mostPages: 2 }),
    ).rejects.toMatchObject({ code: "http-endless" });
    await expect(ids({ url: url(), tokenSecret: "KEY" })).rejects.toMatchObject({
      code: "secret-missing",
      hint: "Add it to the phase: secrets: [KEY].",
    });
  });
});
