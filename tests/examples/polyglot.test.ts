import { cpSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { PageProject } from "../docs/page-project.ts";
import { outcomeOf, resultOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = scratchDirectory();

describe("examples/polyglot", () => {
  it("sums three texts up, reuses what is unchanged, and says what a change would run", async () => {
    const project = new PageProject(scratch);
    cpSync(join(root, "examples/polyglot"), project.directory, {
      recursive: true,
      filter: (path) => basename(path) !== "runs",
    });

    const first = await project.sh("npx orchestrate run --json");
    expect(first).toMatchObject({ status: 0 });
    const { directory, run_hash } = resultOf({ status: 0, signal: null, stdout: first.output, stderr: "" });
    const summary = readFileSync(join(directory, "phases/summary/artifacts/summary.txt"), "utf8");
    expect(summary).toBe('12 words stand in every text; the most frequent is "the".\n');
    expect(readFileSync(join(root, "examples/polyglot/README.md"), "utf8")).toContain(summary);
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    const again = await project.sh("npx orchestrate run");
    expect(again.output).toContain("Nothing to do");

    const anew = await project.sh("npx orchestrate run --no-cache --json");
    const repeated = resultOf({ status: 0, signal: null, stdout: anew.output, stderr: "" });
    expect(outcomeOf(repeated.directory).hash).toBe(run_hash);

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
