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

describe("examples/neighbours", () => {
  it("finds neighbours by every way alike, and has nothing to do the second time", async () => {
    const project = new PageProject(scratch);
    const filter = (path: string) => basename(path) !== "runs";
    cpSync(join(root, "examples/neighbours"), project.directory, { recursive: true, filter });
    const directory = await run(project, "npx orchestrate run --json");
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    const { rows, chosen } = read(directory, "benchmark/artifacts/report.json");
    expect(rows.map(({ traversal }: { traversal: string }) => traversal)).toEqual([
      "blocks",
      "filtered-scan",
      "tree",
      "scan",
    ]);
    expect(rows.map(({ recall }: { recall: number }) => recall)).toEqual([1, 1, 1, 1]);
    expect(chosen).toBe("blocks");
    expect(read(directory, "nearest/artifacts/summary.json")).toMatchObject({ queries: 200, neighbours: 1000 });
    expect(read(directory, "valid/artifacts/report.json")).toMatchObject({ points: 4195 });

    const again = await project.sh("npx orchestrate run");
    expect(again.output).toContain("Nothing to do");
    const rendered = await project.sh(
      "npx orchestrate telemetry render runs/*/phases/build/artifacts/telemetry.ndjson",
    );
    expect(rendered).toMatchObject({ status: 0 });
    expect(rendered.output).toContain("- points: 4000\n");
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
