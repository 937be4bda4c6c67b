import { cpSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { PageProject } from "../docs/page-project.ts";
import { type Result, resultOf } from "../rig/reports.ts";
import type { Scratch } from "../rig/scratch-directory.ts";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** What runs of an example have left in its directory. */
const LEFT: ReadonlySet<string> = new Set(["runs", ".orchestrate", "warehouse.sqlite"]);

/** A copy of an example, in a directory of its own. */
export class ExampleProject extends PageProject {
  constructor(scratch: Scratch, name: string) {
    super(scratch);
    cpSync(join(EXAMPLES, name), this.directory, { recursive: true, filter: (path) => !LEFT.has(basename(path)) });
  }

  /** Runs the pipeline, which must succeed. */
  async runs(options = ""): Promise<Result> {
    const ended = await this.sh(`npx orchestrate run ${options} --json`);
    expect(ended).toMatchObject({ status: 0 });
    return resultOf({ status: 0, signal: null, stdout: ended.output, stderr: "" });
  }
}

/** The text of a file of a run, below its phases. */
export function textIn(directory: string, path: string): string {
  return readFileSync(join(directory, "phases", path), "utf8");
}

/** The value of such a file that is JSON. */
export function jsonIn(directory: string, path: string) {
  return JSON.parse(textIn(directory, path));
}
