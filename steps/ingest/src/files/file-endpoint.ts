import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Log, StepError } from "@orchestrate/sdk";
import type { Endpoint, OpenEndpoint, Reach } from "../endpoint/endpoint.ts";
import { travelList } from "../sql/travel-list.ts";
import { parseType } from "../table/parse-type.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";
import { artifactWriter } from "./artifact-writer.ts";
import type { FileFormat } from "./file-format.ts";
import { fileList } from "./file-list.ts";
import { describing, foundColumns } from "./found-columns.ts";
import { partFiles } from "./parts.ts";
import { readTableDocument } from "./table-document.ts";

export interface FileOptions {
  /** A file or directory, relative to the pipeline; left out, what is wired. */
  readonly path?: string | undefined;
  /** The columns' types by name, as SQL writes them, where the files do not tell or tell wrong. */
  readonly types: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly partitionBy: readonly string[];
}

/** Files that DuckDB reads and writes by itself. Those of a path outside are only read. */
export function fileEndpoint(format: FileFormat, options: FileOptions): Endpoint {
  const place = ({ project, input }: Reach) => (options.path === undefined ? input : resolve(project, options.path));
  return {
    label: `${format.name}:${options.path ?? "input"}`,
    capabilities: {
      reads: "whole",
      writes: options.path === undefined ? ["full", "append", "scd1", "scd2"] : [],
      reach: options.path === undefined ? "inputs" : "outside",
    },
    async testConnection(reach) {
      const path = place(reach);
      const files = path === undefined ? [] : fileList(path, format.patterns);
      const message =
        files.length === 0 ? `There is no ${format.name} file at ${path ?? "any place"}.` : `${files.length} files.`;
      return { ok: files.length > 0, message, version: null };
    },
    open: async (reach) => open(format, options, reach, place(reach)),
  };
}

async function open(
  format: FileFormat,
  options: FileOptions,
  reach: Reach,
  path: string | undefined,
): Promise<OpenEndpoint> {
  if (path === undefined && reach.output === undefined) throw withoutPlace(format);
  const files = path === undefined ? [] : fileList(path, format.patterns);
  const parted = path === undefined ? [] : partFiles(path, files);
  const document = path === undefined ? undefined : readTableDocument(path);
  const { duckdb, log } = reach;
  tellOtherTypes(options, log);
  const declared = duckTypes(options, document);
  const detection = document === undefined ? format.detection : undefined;
  // Of an empty file DuckDB would tell a column that nobody wrote.
  const filled = detection === undefined ? files : files.filter((file) => statSync(file).size > 0);
  const isFound = detection !== undefined && filled.length > 0;
  const columns = isFound
    ? await foundColumns(duckdb, detection, filled, declared)
    : { types: declared, small: new Set<string>() };
  const reading = (some: readonly string[]) =>
    detection === undefined ? format.reading(some, columns.types) : detection.reading(some, columns);
  const isUnknown = detection !== undefined && Object.keys(columns.types).length === 0;
  const relation = files.length === 0 || isUnknown ? undefined : reading(filled.length === 0 ? files : filled);
  const isWithoutRows = files.length > 0 && detection?.emptyFile === "table";
  const describe = async (): Promise<TableSchema | undefined> => {
    if (document !== undefined) return document;
    if (relation !== undefined) return described(await duckdb.rows(describing(relation)), options);
    return isWithoutRows ? described([], options) : undefined;
  };
  return {
    describe,
    ...(relation === undefined ? {} : { relation }),
    async *read({ columns, limit }) {
      const schema = await describe();
      if (relation === undefined || schema === undefined) return;
      const list = travelList(columns.map((name) => findColumn(schema, name)!));
      yield* duckdb.batches(`SELECT ${list} FROM ${relation} ${limit === undefined ? "" : `LIMIT ${limit}`}`);
    },
    ...(reach.output === undefined || options.path !== undefined
      ? {}
      : { writer: artifactWriter({ ...options, format, files: parted, reading, output: reach.output, describe }) }),
    async [Symbol.asyncDispose]() {},
  };
}

function described(rows: readonly (readonly unknown[])[], { types, key }: FileOptions): TableSchema {
  const declared = new Map(Object.entries(types).map(([name, type]) => [name.toLowerCase(), type]));
  const columns: readonly Column[] = rows.map(([name, type]) => ({
    name: String(name),
    type: parseType(declared.get(String(name).toLowerCase()) ?? String(type)),
    nullable: !key.includes(String(name)),
  }));
  return { columns: [...columns], key: [...key] };
}

/** A type that is mistyped must not pass unseen, and one that a database alone knows is no mistake. */
function tellOtherTypes({ types }: FileOptions, log: Log): void {
  for (const [name, type] of Object.entries(types))
    if (parseType(type).type === "other")
      log.warn(`types calls "${name}" ${type}, which is none of the types that travel: it is kept as text.`);
}

/** What the table was written with counts, then what the options say. */
function duckTypes({ types }: FileOptions, document: TableSchema | undefined): Readonly<Record<string, string>> {
  const written = (document?.columns ?? []).map(({ name, type }) => [name, typeName(type, "duckdb")]);
  const declared = Object.entries(types).map(([name, type]) => [name, typeName(parseType(type), "duckdb")]);
  return Object.fromEntries([...written, ...declared]);
}

function withoutPlace(format: FileFormat): StepError {
  return new StepError({
    error: "endpoint-without-place",
    category: "input",
    detail: `The endpoint ${format.name} names no path, and nothing is wired to its side.`,
    hint: "Give it the option path, or wire a file or directory to the phase's input for this side.",
  });
}
