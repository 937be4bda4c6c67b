import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";
import { ExampleProject, textIn } from "./example-project.ts";

const scratch = scratchDirectory();

describe("examples/polyglot", () => {
  it("sums three texts up, reuses what is unchanged, and says what a change would run", async () => {
    const project = new ExampleProject(scratch, "polyglot");
    const { directory, run_hash } = await project.runs();
    const summary = textIn(directory, "summary/artifacts/summary.txt");
    expect(summary).toBe('12 words stand in every text; the most frequent is "the".\n');
    expect(readFileSync(join(project.directory, "README.md"), "utf8")).toContain(summary);
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    const again = await project.sh("npx orchestrate run");
    expect(again.output).toContain("Nothing to do");

    const anew = await project.runs("--no-cache");
    expect(outcomeOf(anew.directory).hash).toBe(run_hash);

    await project.sh("echo 'one more word' >> texts/market.txt");
    const plan = await project.sh("npx orchestrate plan");
    expect(linesAbout(plan.output, "run")).toEqual(["words[market]"]);
    expect(linesAbout(plan.output, "reuse")).toEqual([
      "words[harbour]",
      "words[railway]",
      "count[harbour]",
      "count[railway]",
    ]);

    await project.sh("echo '# a remark' >> count.py");
    const explained = await project.sh("npx orchestrate explain 'count[harbour]'");
    expect(explained.output).toContain("count.py");
  }, 120_000);
});

/** The instances of which a plan says so. */
function linesAbout(plan: string, decision: string): readonly string[] {
  return plan
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([first, instance]) => (first === decision && instance !== undefined ? [instance] : []));
}
