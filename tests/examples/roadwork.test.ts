import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { openBundle } from "../../steps/vision/src/bundle/open-bundle.ts";
import type { Ended } from "../rig/engine.ts";
import { resultOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = scratchDirectory();

describe("examples/roadwork", () => {
  it("trains, sweeps and exports a bundle that verifies, and has nothing to do the second time", async () => {
    const runs = scratch.directory();
    const first = await roadwork(["--runs-dir", runs, "--profile", "vision-fast", "--json"]);
    expect(first).toMatchObject({ status: 0 });
    const { directory, outcome, run } = resultOf(first);
    expect(outcome).toBe("succeeded");
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    const bundle = join(directory, "phases/export/artifacts/bundle");
    const { class_names, files } = openBundle(bundle).document;
    expect(class_names).toHaveLength(2);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(["model.safetensors", "policy.json"]));
    const elsewhere = mkdtempSync(join(runs, ".moved-"));
    cpSync(bundle, elsewhere, { recursive: true });
    expect(openBundle(elsewhere).document.class_names).toEqual(class_names);

    const second = await roadwork(["--runs-dir", runs, "--profile", "vision-fast"]);
    expect(second).toMatchObject({ status: 0 });
    expect(second.stdout).toContain("Nothing to do");
    expect(second.stdout).toContain(run);
  }, 180_000);

  it("carries every phase out, and exports what selective risk control promises", async () => {
    const runs = scratch.directory();
    const whole = await roadwork(["--runs-dir", runs, ...small, "--set", "scrc.with.alpha=0.4", "--json"]);
    expect(whole).toMatchObject({ status: 0 });
    const { directory, outcome } = resultOf(whole);
    expect(outcome).toBe("succeeded");
    expect(readdirSync(join(directory, "phases")).sort()).toEqual([...phases].sort());
    expect(openBundle(join(directory, "phases/export/artifacts/bundle")).policy.policy_type).toBe("scrc");
    const { metrics } = JSON.parse(readFileSync(join(directory, "phases/evaluate/manifest.json"), "utf8"));
    expect(metrics).toMatchObject({ mcc: expect.any(Number), accuracy: expect.any(Number), fnr: expect.any(Number) });

    const again = await roadwork(["--runs-dir", runs, ...small, "--set", "scrc.with.alpha=0.4"]);
    expect(again.stdout).toContain("Nothing to do");

    const strict = await roadwork(["--runs-dir", runs, ...small, "--set", "scrc.with.alpha=0.001", "--json"]);
    expect(strict.status).toBe(4);
    expect(strict.stderr).toContain("policy-infeasible");
    const last = join(runs, readdirSync(runs).filter((name) => !name.startsWith(".")).sort().at(-1)!); // biome-ignore format: one path
    const policy = JSON.parse(readFileSync(join(last, "phases/scrc/artifacts/policy.json"), "utf8"));
    expect(policy.outcome).toMatchObject({ status: "infeasible", reason: expect.stringContaining("it takes 999") });
  }, 240_000);
});

const phases = [
  "dataset", "pretrain", "explora", "train", "infer_fit", "infer_conformal", "infer_test",
  "calibrate", "gate", "sweep", "scrc", "evaluate", "export",
]; // biome-ignore format: a list of words

/** vision-full on few images and epochs, all phases of it. */
const small = [
  "--profile", "vision-full", "--phases=export,sweep",
  ...["dataset.with.scenes.count=300", "train.with.epochs=6", "evaluate.with.resamples=100"].flatMap((set) => ["--set", set]),
  ...["pretrain.with.scenes.count=60", "pretrain.with.epochs=1", "explora.with.epochs=1"].flatMap((set) => ["--set", set]),
]; // biome-ignore format: options by twos

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
