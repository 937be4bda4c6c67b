import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import embedded from "../duckdb/embedded.ts";
import http from "../endpoints/http.ts";
import { provided } from "../fixtures/warehouse.ts";
import type { Row } from "../table/row.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** The origin of a server that answers so. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function allRows(options: Parameters<typeof provided<unknown, (typeof http)["definition"]["options"]>>[1]) {
  const { signal } = new AbortController();
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const duckdb = await provided(embedded, { threads: 1 });
  try {
    const endpoint = await provided(http, options);
    const reach = { project: ".", secrets: { KEY: "s3cret" }, duckdb: await duckdb.connect(signal), log, signal };
    await using opened = await endpoint.open({ ...reach, input: undefined, output: undefined });
    const names = (await opened.describe())?.columns.map(({ name }) => name) ?? [];
    const rows: Row[] = [];
    for await (const batch of opened.read({ columns: names })) rows.push(...batch);
    return rows;
  } finally {
    duckdb.close();
  }
}

it("keeps every digit of a number, and goes on by a token that is one", async () => {
  const pages: Readonly<Record<string, string>> = {
    "/": '{"rows":[{"id":1000000000000000001,"price":12.50}],"next":1000000000000000003}',
    "/?at=1000000000000000003": '{"rows":[{"id":1000000000000000002,"price":0.5}],"next":null}',
  };
  const url = await serving(({ url = "/" }, response) => response.end(pages[url] ?? "no such page"));
  const paging = { by: "token", path: "next", parameter: "at" } as const;
  expect(await allRows({ url, rows: "rows", paging })).toEqual([
    [1000000000000000001n, 12.5],
    [1000000000000000002n, 0.5],
  ]);
});

it("sends headers and secret to its own origin alone", async () => {
  const seen: unknown[] = [];
  const elsewhere = await serving(({ headers }, response) => {
    seen.push([headers.authorization, headers["x-key"]]);
    response.end('{"rows":[{"id":2}],"next":null}');
  });
  const url = await serving(({ headers }, response) => {
    seen.push([headers.authorization, headers["x-key"]]);
    response.end(`{"rows":[{"id":1}],"next":"${elsewhere}/"}`);
  });
  const options = { tokenSecret: "KEY", headers: { "x-key": "k" }, paging: { by: "link", path: "next" } } as const;
  expect(await allRows({ url, rows: "rows", ...options })).toEqual([[1n], [2n]]);
  expect(seen).toEqual([
    ["Bearer s3cret", "k"],
    [undefined, undefined],
  ]);
});
