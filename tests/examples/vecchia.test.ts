import { cpSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { PageProject } from "../docs/page-project.ts";
import { resultOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = scratchDirectory();

describe("examples/vecchia", () => {
  it("finds the same conditioning sets as the references alone", async () => {
    const project = new PageProject(scratch);
    const filter = (path: string) => basename(path) !== "runs";
    cpSync(join(root, "examples/vecchia"), project.directory, { recursive: true, filter });
    const directory = await run(project, "npx orchestrate run --json");
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });
    expect(read(directory, "parents/artifacts/summary.json")).toMatchObject({ neighbours: 15 * 2000 - (15 * 16) / 2 });

    const again = await project.sh("npx orchestrate run");
    expect(again.output).toContain("Nothing to do");

    const gold = await run(project, "npx orchestrate run --profile residual-gold --json");
    const digest = (of: string) => read(of, "parents/manifest.json").outputs.neighbours.digest;
    expect(read(gold, "parents/artifacts/summary.json")).toMatchObject({ traversal: "scan" });
    expect(digest(gold)).toBe(digest(directory));
  }, 120_000);
});

/** The directory of a run that succeeds. */
async function run(project: PageProject, command: string): Promise<string> {
  const ended = await project.sh(command);
  expect(ended).toMatchObject({ status: 0 });
  return resultOf({ status: 0, signal: null, stdout: ended.output, stderr: "" }).directory;
}

function read(directory: string, path: string) {
  return JSON.parse(readFileSync(join(directory, "phases", path), "utf8"));
}
