import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
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

it("sends them to nobody else where it is redirected, and comes back to its own origin with them", async () => {
  const seen: unknown[] = [];
  const see = (place: string, { headers }: IncomingMessage) =>
    seen.push([place, headers.authorization, headers["x-key"]]);
  let own = "";
  const elsewhere = await serving((request, response) => {
    see("elsewhere", request);
    response.writeHead(307, { location: `${own}/rows` }).end();
  });
  own = await serving((request, response) => {
    see("own", request);
    if (request.url === "/rows") response.end('[{"id":1}]');
    else response.writeHead(302, { location: `${elsewhere}/` }).end();
  });
  expect(await allRows({ url: own, tokenSecret: "KEY", headers: { "x-key": "k" } })).toEqual([[1n]]);
  expect(seen).toEqual([
    ["own", "Bearer s3cret", "k"],
    ["elsewhere", undefined, undefined],
    ["own", "Bearer s3cret", "k"],
  ]);
});

describe("the HTTP source says", () => {
  const again = { attempts: 2 };
  const expired = '{"message":\n"expired"}';
  it.each<[string, RequestListener, object, RegExp]>([
    [
      "what a service says of its refusal",
      (_, to) => to.writeHead(401).end(expired),
      {},
      /: status 401 \(\{"message": "expired"\}\)\. It was asked once\.$/,
    ],
    [
      "how a page begins that is none of rows",
      (_, to) => to.end(`<html>${"Log in ".repeat(99)}`),
      {},
      /: no JSON \(<html>Log in .{180,187} …\)\. It/,
    ],
    ["that there is nothing", (_, to) => to.writeHead(204).end(), {}, /: no JSON\. It was asked once\.$/],
    [
      "that letters are in another encoding",
      (_, to) => to.end(Buffer.from('["\xe9"]', "latin1")),
      {},
      /: no UTF-8 \(\["\ufffd"\]\)\. It/,
    ],
    [
      "that it would have to wait for a day",
      (_, to) => to.writeHead(429, { "retry-after": "86400" }).end(),
      again,
      /: status 429, and it asks to wait 86400 s\. It was asked once\.$/,
    ],
    [
      "that an answer broke off",
      ({ socket }, to) => to.write("[", () => socket.destroy()),
      again,
      /: SocketError: other side closed\. It was asked 2 times\.$/,
    ],
    [
      "that it is sent round in circles",
      (_, to) => to.writeHead(301, { location: "/" }).end(),
      {},
      /: it is redirected more than 10 times\. It was asked once\.$/,
    ],
  ])("%s", async (_, listener, options, detail) => {
    const url = await serving(listener);
    await expect(allRows({ url, ...options })).rejects.toMatchObject({
      code: "http-failed",
      category: "io",
      detail: expect.stringMatching(detail),
    });
  });

  it.each<[string, string, object, string]>([
    ["that rows are no objects", "[1, 2]", {}, 'The list at "" of URL/ does not hold objects alone.'],
    ["that there is no list", '{"rows":{}}', { rows: "rows" }, 'The answer of URL/ holds no list at "rows".'],
    [
      "that the next page is none",
      '{"rows":[],"next":"http://"}',
      { rows: "rows", paging: { by: "link", path: "next" } },
      "The answer of URL/ names no URL as the next page.",
    ],
  ])("%s", async (_, answer, options, detail) => {
    const url = await serving((_request, response) => response.end(answer));
    await expect(allRows({ url, ...options })).rejects.toMatchObject({
      code: "http-unsuitable",
      category: "input",
      detail: detail.replace("URL", url),
    });
  });
});
