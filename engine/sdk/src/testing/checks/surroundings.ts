import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { OutputDeclaration } from "../../runtime/output-handle.ts";
import { artifactDigest } from "../artifact-digest.ts";
import { type EntryBelow, entriesBelow } from "../entries-below.ts";
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

/** What is there to be looked at after a run. */
export interface Ran {
  /** The run's directory, which holds `staging` and `inputs`. */
  readonly root: string;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
  /** Digests from before the run, by path. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What was seen farther away, in words. */
  readonly strays: readonly string[];
}

/** A step writes its outputs, and nothing else anywhere. */
export function checkSurroundings({ root, outputs, inputs: before, strays: far }: Ran): Check {
  const near = readdirSync(root).filter((name) => name !== "staging" && name !== "inputs");
  const given = join(root, "inputs");
  const beside = existsSync(given) ? readdirSync(given).filter((name) => before[join(given, name)] === undefined) : [];
  const strays = [...near.map((name) => `"../${name}"`), ...beside.map((name) => `"../inputs/${name}"`), ...far];
  const changed = Object.keys(before).filter((path) => !existsSync(path) || artifactDigest(path) !== before[path]);
  const left = leftovers(join(root, "staging"), outputs);
  return verdict(
    "surroundings",
    [
      ...strays.map((name) => `${name} was written, outside of the staging directory: write to outputs only.`),
      ...changed.map((path) => `An input was changed: ${path}.`),
      ...left.map((name) => `"${name}" is left in the staging directory, and is no output: remove it, or declare it.`),
    ],
    "Only outputs were written.",
  );
}

function leftovers(staging: string, outputs: Readonly<Record<string, OutputDeclaration>>): string[] {
  const declared = Object.entries(outputs).map(([name, { path, form }]) => ({ path: path ?? name, form }));
  const isDeclared = ({ path: name, entry }: EntryBelow) =>
    declared.some(
      ({ path, form }) =>
        path === name ||
        (form === "directory" && name.startsWith(`${path}/`)) ||
        (entry.isDirectory() && path.startsWith(`${name}/`)),
    );
  return entriesBelow(staging)
    .filter((each) => !isDeclared(each))
    .map(({ path }) => path);
}
