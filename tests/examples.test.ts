import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { verifyBundle } from "../steps/vision/src/bundle/verify-bundle.ts";
import { PageProject } from "./docs/page-project.ts";
import type { Ended } from "./rig/engine.ts";
import { outcomeOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = scratchDirectory();

describe("examples/roadwork", () => {
  it("trains, sweeps and exports a bundle that verifies, and has nothing to do the second time", async () => {
    const runs = scratch.directory();
    const first = await roadwork(["--runs-dir", runs, "--profile", "fast", "--json"]);
    expect(first).toMatchObject({ status: 0 });
    const { directory, outcome, run } = resultOf(first);
    expect(outcome).toBe("succeeded");
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    const bundle = join(directory, "phases/export/artifacts/bundle");
    const { class_names, files } = verifyBundle(bundle);
    expect(class_names).toHaveLength(2);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(["model.safetensors", "policy.json"]));
    const elsewhere = mkdtempSync(join(runs, ".moved-"));
    cpSync(bundle, elsewhere, { recursive: true });
    expect(verifyBundle(elsewhere).class_names).toEqual(class_names);

    const second = await roadwork(["--runs-dir", runs, "--profile", "fast"]);
    expect(second).toMatchObject({ status: 0 });
    expect(second.stdout).toContain("Nothing to do");
    expect(second.stdout).toContain(run);
  }, 180_000);
});

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

/** Its run.sh, as somebody would call it who stands in its folder. */
function roadwork(options: readonly string[]): Promise<Ended> {
  const PATH = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const settings = { cwd: join(root, "examples/roadwork"), env: { ...process.env, PATH, NO_COLOR: "1" } };
  return new Promise((done) => {
    execFile("sh", ["run.sh", ...options], settings, (error, stdout, stderr) => {
      done({ status: error === null ? 0 : Number(error.code), signal: error?.signal ?? null, stdout, stderr });
    });
  });
}

/** The instances of which a plan says so. */
function linesAbout(plan: string, decision: string): readonly string[] {
  return plan
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([first, instance]) => (first === decision && instance !== undefined ? [instance] : []));
}
