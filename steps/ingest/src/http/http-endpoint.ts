import { mkdirSync, rmSync } from "node:fs";
import { open as openFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Endpoint, OpenEndpoint, Reach } from "../endpoint/endpoint.ts";
import { secretOf } from "../endpoint/secret-of.ts";
import { fileEndpoint } from "../files/file-endpoint.ts";
import { ndjsonFormat } from "../files/ndjson-format.ts";
import { type PagesOf, readPages } from "./read-pages.ts";

export interface HttpOptions extends Omit<PagesOf, "log" | "signal"> {
  readonly tokenSecret?: string | undefined;
  readonly types: Readonly<Record<string, string>>;
  readonly key: readonly string[];
}

/** An API is read as a whole when it is opened, page by page into a file of the attempt, which DuckDB then reads. */
export function httpEndpoint(options: HttpOptions): Endpoint {
  const { origin, pathname } = new URL(options.url);
  return {
    label: `http:${origin}${pathname}`,
    capabilities: { reads: "whole", writes: [], reach: "outside" },
    async testConnection(reach) {
      try {
        for await (const rows of readPages(pagesOf(options, reach)))
          return { ok: true, message: `The first page has ${rows.length} rows.`, version: null };
        return { ok: true, message: "There is no page.", version: null };
      } catch (error) {
        return { ok: false, message: error instanceof Error ? error.message : String(error), version: null };
      }
    },
    open: (reach) => open(options, reach),
  };
}

async function open(options: HttpOptions, reach: Reach): Promise<OpenEndpoint> {
  const directory = resolve(".http");
  mkdirSync(directory, { recursive: true });
  const path = join(directory, "rows.ndjson");
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    await fetchInto(path, options, reach);
    const { types, key } = options;
    const rows = fileEndpoint(ndjsonFormat(), { types, key, partitionBy: [] });
    const opened = await rows.open({ ...reach, input: path, output: undefined });
    return { ...opened, [Symbol.asyncDispose]: async () => remove() };
  } catch (error) {
    remove();
    throw error;
  }
}

async function fetchInto(path: string, options: HttpOptions, reach: Reach): Promise<void> {
  await using file = await openFile(path, "w");
  for await (const rows of readPages(pagesOf(options, reach)))
    await file.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

function pagesOf({ tokenSecret, headers, ...options }: HttpOptions, { secrets, log, signal }: Reach): PagesOf {
  const pages = { ...options, log, signal };
  if (tokenSecret === undefined) return { ...pages, headers };
  return { ...pages, headers: { ...headers, authorization: `Bearer ${secretOf(tokenSecret, secrets)}` } };
}
