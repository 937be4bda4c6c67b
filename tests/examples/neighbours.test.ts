import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { scratchDirectory } from "../rig/scratch-directory.ts";
import { ExampleProject, jsonIn } from "./example-project.ts";

const scratch = scratchDirectory();

describe("examples/neighbours", () => {
  it("finds neighbours by every way alike, and has nothing to do the second time", async () => {
    const project = new ExampleProject(scratch, "neighbours");
    const { directory } = await project.runs();
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    const { rows, chosen } = jsonIn(directory, "benchmark/artifacts/report.json");
    expect(rows.map(({ traversal }: { traversal: string }) => traversal)).toEqual([
      "blocks",
      "filtered-scan",
      "tree",
      "scan",
    ]);
    expect(rows.map(({ recall }: { recall: number }) => recall)).toEqual([1, 1, 1, 1]);
    expect(chosen).toBe("blocks");
    expect(jsonIn(directory, "nearest/artifacts/summary.json")).toMatchObject({ queries: 200, neighbours: 1000 });
    expect(jsonIn(directory, "valid/artifacts/report.json")).toMatchObject({ points: 4195 });

    const again = await project.sh("npx orchestrate run");
    expect(again.output).toContain("Nothing to do");
    const rendered = await project.sh(
      "npx orchestrate telemetry render runs/*/phases/build/artifacts/telemetry.ndjson",
    );
    expect(rendered).toMatchObject({ status: 0 });
    expect(rendered.output).toContain("- points: 4000\n");
  }, 120_000);
});
