import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { z } from "zod";
import type { ArtifactForm } from "../artifact.ts";
import { StepError } from "../errors.ts";
import type { DirectoryInput, FileInput, Gathered, JsonInput, NdjsonInput } from "../handles.ts";
import { issueText } from "./issue-text.ts";
import { ndjsonLines } from "./ndjson-lines.ts";
import { pathBelow } from "./path-below.ts";

/** Where an input's artifact lies (absolute), and its digest. */
export interface Located {
  readonly path: string;
  readonly digest: string;
}

/**
 * What a handle needs of the declaration; an `Artifact` will do. A step with `open: true` gets `file` or `directory`.
 */
export interface InputDeclaration {
  readonly form: ArtifactForm;
  readonly schema?: z.ZodType | undefined;
}

/** A handle of any form, with the form beside it. */
export type BoundInput =
  | (FileInput & { readonly form: "file" })
  | (JsonInput<unknown> & { readonly form: "json" })
  | (NdjsonInput<unknown> & { readonly form: "ndjson" })
  | (DirectoryInput & { readonly form: "directory" });

/**
 * The handle a step reads an input by.
 *
 * Its methods throw StepError `input-invalid` where JSON does not parse or does not match the declared schema, and
 * `input-escapes` where a path leaves a directory.
 */
export function inputHandle(name: string, declaration: InputDeclaration, located: Located): BoundInput {
  const { form, schema } = declaration;
  switch (form) {
    case "file":
      return { form, ...fileInput(located) };
    case "json":
      return { form, ...fileInput(located), read: () => readDocument(name, schema, located.path) };
    case "ndjson":
      return { form, ...fileInput(located), rows: () => readRows(name, schema, located.path) };
    case "directory":
      return { form, ...located, file: (relative) => fileBelow(name, located.path, relative) };
    default:
      return form satisfies never;
  }
}

/** The handles of a gathered input, in the order of the fan-out's list. */
export function gatheredHandle(
  name: string,
  declaration: InputDeclaration,
  instances: readonly (Located & { readonly key: string; readonly item?: unknown })[],
): readonly Gathered<BoundInput>[] {
  return instances.map(({ key, item, path, digest }) => ({
    ...inputHandle(`${name}[${key}]`, declaration, { path, digest }),
    key,
    item,
  }));
}

/** Below this many bytes a synchronous read is cheaper than a trip through the thread pool. */
const SMALL = 1 << 20;

function fileInput({ path, digest }: Located): FileInput {
  return { path, digest, text: async () => (await bytes(path)).toString("utf8"), bytes: () => bytes(path) };
}

async function bytes(path: string): Promise<Buffer> {
  return statSync(path).size <= SMALL ? readFileSync(path) : readFile(path);
}

async function readDocument(name: string, schema: z.ZodType | undefined, path: string): Promise<unknown> {
  return check(`Input "${name}" (${path})`, schema, (await bytes(path)).toString("utf8"));
}

async function* readRows(name: string, schema: z.ZodType | undefined, path: string): AsyncIterable<unknown> {
  for await (const { number, text } of ndjsonLines(path)) {
    yield check(`Line ${number} of input "${name}" (${path})`, schema, text);
  }
}

function check(what: string, schema: z.ZodType | undefined, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(`${what} is not JSON: ${error instanceof Error ? error.message : String(error)}.`, error);
  }
  if (schema === undefined) return value;
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw invalid(`${what} does not have the declared shape: ${issueText(parsed.error)}.`, parsed.error);
  return parsed.data;
}

function invalid(detail: string, cause: unknown): StepError {
  const hint = "Wire it to an artifact of that shape, or mend the step that wrote it.";
  return new StepError({ error: "input-invalid", category: "input", detail, hint }, { cause });
}

function fileBelow(name: string, root: string, relative: string): string {
  const path = pathBelow(root, relative);
  if (path !== undefined) return path;
  throw new StepError({
    error: "input-escapes",
    category: "input",
    detail: `"${relative}" is not a path inside the directory of input "${name}".`,
    hint: 'Name a file by a relative path without "..".',
  });
}
