import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Artifact, ArtifactForm } from "../artifact.ts";
import type { AnyInput, Gathered } from "../handles.ts";
import { type BoundInput, gatheredHandle, inputHandle } from "../runtime/input-handle.ts";
import { artifactDigest } from "./artifact-digest.ts";

/**
 * What to put in place of an input: a text, bytes, a JSON document, NDJSON rows, the files of a directory, or a path.
 */
export type FakeInput =
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly json: unknown }
  | { readonly rows: readonly unknown[] }
  | { readonly files: Readonly<Record<string, string | Uint8Array>> }
  | { readonly path: string };

/** One instance of a gathered input. */
export type FakeInstance = FakeInput & { readonly key: string; readonly item?: unknown };

/**
 * Writes an input below `directory` and gives its handle. A list is a gathered input. Where nothing declares the input
 * (`open: true`), its form is that of what was written.
 */
export function fakeInput(
  name: string,
  artifact: Artifact | undefined,
  input: FakeInput | readonly FakeInstance[],
  directory: string,
): AnyInput | BoundInput | readonly Gathered<BoundInput>[] {
  if (!isGathered(input)) {
    const path = place(input, join(directory, name));
    return inputHandle(name, artifact ?? { form: formOf(path) }, { path, digest: artifactDigest(path) });
  }
  const located = input.map((instance) => {
    const path = place(instance, join(directory, name, instance.key));
    return { path, digest: artifactDigest(path), key: instance.key, item: instance.item };
  });
  const first = located[0];
  return gatheredHandle(name, artifact ?? { form: first ? formOf(first.path) : "file" }, located);
}

function isGathered(input: FakeInput | readonly FakeInstance[]): input is readonly FakeInstance[] {
  return Array.isArray(input);
}

function place(input: FakeInput, path: string): string {
  if ("path" in input) return resolve(input.path);
  if ("files" in input) {
    mkdirSync(path, { recursive: true });
    for (const [name, content] of Object.entries(input.files)) write(join(path, name), content);
  } else if ("text" in input) write(path, input.text);
  else if ("bytes" in input) write(path, input.bytes);
  else if ("json" in input) write(path, `${JSON.stringify(input.json)}\n`);
  else write(path, input.rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function formOf(path: string): ArtifactForm {
  return statSync(path).isDirectory() ? "directory" : "file";
}
