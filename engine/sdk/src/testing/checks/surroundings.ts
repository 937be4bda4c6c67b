import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { OutputDeclaration } from "../../runtime/output-handle.ts";
import { artifactDigest } from "../artifact-digest.ts";
import type { FakeInput, FakeInstance } from "../fake-input.ts";
import { type Check, verdict } from "./check.ts";

/** The digests of all that a run may read and must not change: what lies in `root/inputs`, and inputs given by path. */
export function inputDigests(
  root: string,
  inputs: Readonly<Record<string, FakeInput | readonly FakeInstance[] | undefined>>,
): Readonly<Record<string, string>> {
  const given = Object.values(inputs).flat() as readonly (FakeInput | undefined)[];
  const outside = given.flatMap((input) => (input !== undefined && "path" in input ? [input.path] : []));
  const written = join(root, "inputs");
  const names = existsSync(written) ? readdirSync(written) : [];
  const paths = [...outside, ...names.map((name) => join(written, name))];
  return Object.fromEntries(paths.map((path) => [path, artifactDigest(path)]));
}

/** `before` are the input digests from before the run. What lies beyond `root` is not looked at. */
export function checkSurroundings(
  root: string,
  outputs: Readonly<Record<string, OutputDeclaration>>,
  before: Readonly<Record<string, string>>,
): Check {
  const strays = readdirSync(root).filter((name) => name !== "staging" && name !== "inputs");
  const changed = Object.keys(before).filter((path) => !existsSync(path) || artifactDigest(path) !== before[path]);
  const left = leftovers(join(root, "staging"), outputs);
  return verdict(
    "surroundings",
    [
      ...strays.map((name) => `"../${name}" was written, outside the staging directory.`),
      ...changed.map((path) => `An input was changed: ${path}.`),
      ...left.map((name) => `"${name}" is left in the staging directory, and is no output.`),
    ],
    "Only outputs were written.",
  );
}

function leftovers(staging: string, outputs: Readonly<Record<string, OutputDeclaration>>): string[] {
  const declared = Object.entries(outputs).map(([name, { path, form }]) => ({ path: path ?? name, form }));
  return readdirSync(staging, { recursive: true, encoding: "utf8" }).filter((name) => {
    const isDirectory = lstatSync(join(staging, name)).isDirectory();
    return !declared.some(
      ({ path, form }) =>
        path === name ||
        (form === "directory" && name.startsWith(`${path}/`)) ||
        (isDirectory && path.startsWith(`${name}/`)),
    );
  });
}
