import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { scratchDirectory } from "../rig/scratch-directory.ts";
import { ExampleProject, jsonIn } from "./example-project.ts";

const scratch = scratchDirectory();

describe("examples/vecchia", () => {
  it("finds the same conditioning sets as the references alone", async () => {
    const project = new ExampleProject(scratch, "vecchia");
    const { directory } = await project.runs();
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });
    expect(jsonIn(directory, "parents/artifacts/summary.json")).toMatchObject({
      neighbours: 15 * 2000 - (15 * 16) / 2,
    });

    const again = await project.sh("npx orchestrate run");
    expect(again.output).toContain("Nothing to do");

    const { directory: gold } = await project.runs("--profile residual-gold");
    const digest = (of: string) => jsonIn(of, "parents/manifest.json").outputs.neighbours.digest;
    expect(jsonIn(gold, "parents/artifacts/summary.json")).toMatchObject({ traversal: "scan" });
    expect(digest(gold)).toBe(digest(directory));
  }, 120_000);
});
