import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { defineService, z } from "@orchestrate/sdk";
import { checkService } from "@orchestrate/sdk/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Endpoint, type OpenEndpoint, Source } from "../endpoint/endpoint.ts";
import type { TransactionWriter } from "../endpoint/writer.ts";
import sqlite from "../endpoints/sqlite.ts";
import { provided } from "../fixtures/warehouse.ts";
import { endpointKit } from "./endpoint-kit.ts";

const secrets = { PASSWORD: "hunter2-correct-horse" };
let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "endpoint-kit-"));
  using database = new DatabaseSync(join(project, "t.sqlite"));
  database.exec("CREATE TABLE t (id INTEGER, name TEXT); INSERT INTO t VALUES (1, 'a'), (1, 'b'), (2, NULL)");
});
afterEach(() => rmSync(project, { recursive: true }));

/** What the kit says of the endpoint of SQLite, once `change` has made another of it. */
async function failures(change: (endpoint: Endpoint) => Partial<Endpoint>): Promise<readonly string[]> {
  const good = await provided(sqlite, { database: "t.sqlite", table: "t" });
  const provider = defineService({
    token: Source,
    summary: "Keeps all promises but one.",
    options: z.strictObject({}),
    create: () => ({ ...bound(good), ...change(good) }),
  });
  const checks = await checkService(provider, { kit: endpointKit({ project, secrets, cursor: "id" }) });
  return checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail.split("\n")[0]}`);
}

function bound(endpoint: Endpoint): Endpoint {
  const { label, capabilities } = endpoint;
  return {
    label,
    capabilities,
    open: (reach) => endpoint.open(reach),
    testConnection: (reach) => endpoint.testConnection(reach),
  };
}

const opening = (change: (open: OpenEndpoint) => Partial<OpenEndpoint>) => (endpoint: Endpoint) => ({
  open: async (reach: Parameters<Endpoint["open"]>[0]) => {
    const open = await endpoint.open(reach);
    const { writer } = open;
    return {
      describe: () => open.describe(),
      read: (request: Parameters<OpenEndpoint["read"]>[0]) => open.read(request),
      ...(writer && { writer }),
      ...change(open),
      [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
    };
  },
});

describe("endpointKit", () => {
  it("passes one that keeps every promise", async () => {
    expect(await failures(() => ({}))).toEqual([]);
    expect(await failures(opening(() => ({})))).toEqual([]);
  });

  it("finds one whose report holds a credential", async () => {
    const telling = (endpoint: Endpoint) => ({
      testConnection: async (reach: Parameters<Endpoint["open"]>[0]) => ({
        ...(await endpoint.testConnection(reach)),
        message: `as me:${reach.secrets.PASSWORD}`,
      }),
    });
    expect(await failures(telling)).toEqual(["ingest/source: can be reached: what is found holds a secret"]);
  });

  it("finds one that misses rows of a key", async () => {
    const losing = opening((open) => ({
      read: ({ keys, ...request }) => open.read(keys === undefined ? request : { ...request, limit: 1 }),
    }));
    expect(await failures(losing)).toEqual(["ingest/source: misses no row of a key: of 2 rows at 1 it reads 1"]);
  });

  it("finds one that remembers without looking at the source", async () => {
    const one = (writer: TransactionWriter): TransactionWriter => ({
      commits: "transaction",
      committed: () => writer.committed("one"),
      apply: (change, _source, remember) => writer.apply(change, "one", remember),
    });
    const mixing = opening(({ writer }) => (writer?.commits === "transaction" ? { writer: one(writer) } : {}));
    expect(await failures(mixing)).toEqual([
      "ingest/source: writes at once or not at all: it remembers of a source that never was one what it does of this one",
    ]);
  });

  it("says in words which value does not travel", async () => {
    const rounding = opening((open) => ({
      async *read(request) {
        for await (const rows of open.read(request))
          yield rows.map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value)));
      },
    }));
    expect((await failures(rounding))[0]).toBe(
      "ingest/source: reads rows as they travel: id is integer and holds 1 (number)",
    );
  });
});
