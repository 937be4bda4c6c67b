import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a suite runs. Removed, and TMPDIR put back, when it is disposed of. */
export interface SuitePlace extends Disposable {
  /** A fresh directory for one run. */
  directory(): string;
  /** What was written beside the directories that were given out, to TMPDIR or to the environment, in words. */
  strays(): readonly string[];
}

/** Directories for runs side by side, with a TMPDIR of their own, so that whatever is written past them shows. */
export function suitePlace(): SuitePlace {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-suite-")));
  const temporary = join(path, "tmp");
  const runs = join(path, "runs");
  mkdirSync(temporary);
  mkdirSync(runs);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  const environment = { ...process.env };
  const given: string[] = [];
  return {
    directory: () => {
      given.push(String(given.length + 1));
      const directory = join(runs, given.at(-1)!);
      mkdirSync(directory);
      return directory;
    },
    strays: () => [
      ...others(path, ["tmp", "runs"]).map((name) => `"../../../${name}"`),
      ...others(runs, given).map((name) => `"../../${name}"`),
      ...others(temporary, []).map((name) => `"${name}" in TMPDIR`),
      ...changedVariables(environment).map((name) => `The environment variable ${name}`),
    ],
    [Symbol.dispose]: () => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function changedVariables(before: Readonly<Record<string, string | undefined>>): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(process.env)]);
  return [...names].filter((name) => process.env[name] !== before[name]);
}

function others(directory: string, known: readonly string[]): readonly string[] {
  return readdirSync(directory).filter((name) => !known.includes(name));
}
