import { execFile } from "node:child_process";
import { cpSync, mkdtempSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { verifyBundle } from "../../steps/vision/src/bundle/verify-bundle.ts";
import type { Ended } from "../rig/engine.ts";
import { resultOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
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
