import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DirectoryOutput } from "@orchestrate/sdk";
import embedded from "../duckdb/embedded.ts";
import type { Endpoint, OpenEndpoint, Reach } from "../endpoint/endpoint.ts";

/** Where an endpoint is tested: a table with at least three rows, and for a target that it may be replaced. */
export interface EndpointExample {
  /** The pipeline's directory; a temporary one where it is left out. */
  readonly project?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The file or directory that would be wired. */
  readonly input?: string;
  /** The names of the table's columns in order, where it shall be seen that none is missing. */
  readonly columns?: readonly string[];
  /** A column by which the table is cut into ranges: without nulls, with at least two values. */
  readonly cursor: string;
}

/** Opens an endpoint as a step does, for as long as `use` takes. */
export async function opened<T>(
  endpoint: Endpoint,
  example: EndpointExample,
  use: (open: OpenEndpoint, reach: Reach) => Promise<T>,
): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), "orchestrate-endpoint-"));
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const duckdb = await embedded.definition.create({ options: { threads: 1 }, log });
  const { signal } = new AbortController();
  const reach: Reach = {
    project: example.project ?? place,
    secrets: example.secrets ?? {},
    input: example.input,
    output: outputAt(place),
    duckdb: await duckdb.connect(signal),
    log,
    signal,
  };
  try {
    await using open = await endpoint.open(reach);
    return await use(open, reach);
  } finally {
    duckdb.close();
    rmSync(place, { recursive: true, force: true });
  }
}

function outputAt(path: string): DirectoryOutput {
  const file = (relative: string) => {
    const to = join(path, relative);
    mkdirSync(dirname(to), { recursive: true });
    return to;
  };
  return { path, file, carry: (relative, from) => copyFileSync(from, file(relative)) };
}
