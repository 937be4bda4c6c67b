import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BundleDocument } from "./bundle/bundle-document.ts";
import { openBundle } from "./bundle/open-bundle.ts";
import { digestOf } from "./digest.ts";
import exportStep from "./export.ts";
import { trainedWell } from "./fixtures/made-predictions.ts";
import { noPictures } from "./lineage/picture-set.ts";
import type { Architecture } from "./network/architecture.ts";
import { smallArchitecture } from "./network/fixtures/small-architecture.ts";
import { initialValues } from "./network/initial-values.ts";
import { layout } from "./network/layout.ts";
import { fitPolicy } from "./sweep/fit-policy.ts";
import { toTensors } from "./weights/flat-tensors.ts";
import { encodeModel } from "./weights/model-file.ts";

const architecture: Architecture = { ...smallArchitecture, mixing: "attention", expansion: 1 };
const specs = layout(architecture);

function modelFile(change: (values: Float32Array) => void = () => {}): Uint8Array {
  const values = initialValues(specs, 1);
  change(values);
  return encodeModel({
    architecture,
    preprocessing: { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] },
    classes: ["clear", "works"],
    fit: "fill",
    fitted_on: trainedWell,
    seen: noPictures,
    tensors: toTensors(specs, values),
  });
}

const source = { classes: ["clear", "works"], model: digestOf(modelFile()), fitted_on: trainedWell, calibration: null };
const { policy } = fitPolicy(Float64Array.of(0.25, 0.75), [0, 1], source, 0.7);

const runExport = (parts: { model?: Uint8Array; policy?: unknown; metrics?: unknown } = {}) =>
  runStep(exportStep, {
    inputs: {
      checkpoint: { bytes: parts.model ?? modelFile() },
      policy: { json: parts.policy ?? policy },
      ...(parts.metrics === undefined ? {} : { metrics: { json: parts.metrics } }),
    },
  });

describe("vision/export", () => {
  it("writes a bundle that verifies wherever it lies", async () => {
    using result = await runExport({ metrics: { mcc: 0.9 } });
    expect(result.error).toBeUndefined();
    const { bundle } = result.outputs;
    expect(bundle.files()).toEqual([
      "README.md",
      "bundle.json",
      "metrics.json",
      "model.onnx",
      "model.safetensors",
      "policy.json",
      "provenance.json",
    ]);
    expect(new Uint8Array(readFileSync(join(bundle.path, "model.safetensors")))).toEqual(modelFile());
    const { document } = openBundle(bundle.path);
    expect(document).toMatchObject({
      schema: "vision.bundle/1",
      class_names: ["clear", "works"],
      policy: { path: "policy.json", policy_type: "threshold" },
      preprocessing: { size: 8, channels: 3, fit: "fill", mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] },
      metrics: { path: "metrics.json" },
      signature: null,
    });
    expect(JSON.parse(readFileSync(join(bundle.path, "provenance.json"), "utf8"))).toMatchObject({
      schema: "vision.provenance/1",
      model: { digest: digestOf(modelFile()), fitted_on: trainedWell },
      policy: { fitted_on: trainedWell },
      metrics: { digest: expect.stringMatching(/^sha256:/) },
    });
    const moved = join(result.root, "elsewhere");
    renameSync(bundle.path, moved);
    expect(openBundle(moved).document).toEqual(document);
  });

  it("gives the same bytes for the same parts", async () => {
    using one = await runExport();
    using two = await runExport();
    expect(two.outputs.bundle.digest).toBe(one.outputs.bundle.digest);
    expect(one.outputs.bundle.files()).not.toContain("metrics.json");
  });

  it("tells in its README how to decide", async () => {
    using result = await runExport();
    expect(readFileSync(join(result.outputs.bundle.path, "README.md"), "utf8")).toContain(
      'It is "works" where that is at least 0.5, and "clear" otherwise.',
    );
  });

  it.each([
    ["NaN", Number.NaN, "NaN"],
    ["infinite", Infinity, "Infinity"],
  ])("refuses a weight that is %s", async (_, value, shown) => {
    const at = specs.find(({ name }) => name === "blocks.0.up.bias")!.offset + 1;
    using result = await runExport({ model: modelFile((values) => values.fill(value, at, at + 1)) });
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "weights-not-finite",
      category: "invariant",
      detail: `The checkpoint: tensor "blocks.0.up.bias" holds ${shown} at index 1.`,
      hint: "Train anew: a model with such a weight answers every image with nonsense.",
    });
  });

  it.each([
    ["of the policy", { ...policy, coverage: 0 }],
    ["of its selective reading", { ...policy, selective: { ...policy.selective, coverage: 0 } }],
  ])("refuses a coverage %s of zero", async (_, changed) => {
    using result = await runExport({ policy: changed });
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "policy-covers-nothing",
      category: "policy",
      detail: "The policy decides no image: its coverage is 0.",
      hint: "Fit a policy with a coverage floor above 0, or a better model.",
    });
  });

  const base = { class_names: policy.class_names, model: policy.model, fitted_on: policy.fitted_on, calibration: null };
  const gate = { policy_type: "gate", ...base, target: { coverage: 0.7, error: 0.02 } };
  const found = { count: 100, selected: 70, decided: 60, risk: 0.01 };
  const scrc = {
    policy_type: "scrc",
    ...base,
    alpha: 0.05,
    xi: 0.7,
    loss: "miscoverage",
    score: { by: "margin" },
    found,
  };
  const network = { mean: [0], deviation: [1], weights: [[1]], bias: [0], select: [1], selectBias: 0 };
  const calibrator = { method: "platt", slope: 1, intercept: 0 };
  const accepting = {
    status: "feasible",
    network,
    calibrator,
    threshold: 0.9,
    coverage: 0.8,
    error: 0.01,
    accepted: 80,
  };

  it.each([
    ["gate", { ...gate, outcome: accepting }, "Where the gate of policy.json trusts the network, it is"],
    [
      "scrc",
      { ...scrc, outcome: { status: "feasible", variant: "T", calibration: [[1, 0]] } },
      "Among the selected, the miscoverage risk is at most 0.05.",
    ],
    [
      "scrc",
      { ...scrc, outcome: { status: "feasible", variant: "I", lambda1: 1, lambda2: 0.7, delta: 0.1 } },
      "selects the image and gives it one label",
    ],
    [
      "temperature",
      {
        policy_type: "temperature",
        ...base,
        calibration: { method: "temperature", temperature: 2 },
        metrics: policy.metrics,
        coverage: 1,
      },
      'It is "works" where that, calibrated as policy.json says, is at least 0.5',
    ],
  ])("takes a policy of type %s, and says how it decides", async (type, exported, says) => {
    using result = await runExport({ policy: exported });
    expect(result.error).toBeUndefined();
    expect(openBundle(result.outputs.bundle.path).policy.policy_type).toBe(type);
    expect(readFileSync(join(result.outputs.bundle.path, "README.md"), "utf8")).toContain(says);
  });

  it.each([
    ["scrc", "infeasible", { ...scrc, outcome: { status: "infeasible", variant: "T", reason: "α is too small" } }],
    ["gate", "infeasible", { ...gate, outcome: { status: "infeasible", reason: "α is too small" } }],
    ["gate", "not-calibratable", { ...gate, outcome: { status: "not-calibratable", reason: "α is too small" } }],
  ])("refuses a policy of type %s that is %s", async (type, _, refused) => {
    using result = await runExport({ policy: refused });
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "policy-infeasible",
      category: "policy",
      detail: `The policy (${type}) promises nothing: α is too small.`,
      hint:
        "Ask for less (a greater error or alpha, a smaller coverage or xi), give more pictures to calibrate on, " +
        "or wire another policy.",
    });
  });

  it("refuses a policy for other classes", async () => {
    using result = await runExport({ policy: { ...policy, class_names: ["works", "clear"] } });
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "policy-of-other-classes",
      category: "input",
      detail: "The policy is for the classes works, clear; the model knows clear, works.",
      hint: "Wire the policy that was fitted to predictions of this model.",
    });
  });

  it("refuses a policy that was fitted to another model", async () => {
    using result = await runExport({ model: modelFile((values) => values.fill(1, 0, 1)) });
    const envelope = (result.error as StepError).toEnvelope();
    expect(envelope).toMatchObject({ error: "policy-of-another-model", category: "input" });
    expect(envelope.detail).toMatch(
      /^The policy was fitted to predictions of the model sha256:\w{64}; this one is sha256:\w{64}\.$/,
    );
  });

  it("can't be run without a policy, or with two", async () => {
    const checkpoint = { bytes: modelFile() };
    await expect(runStep(exportStep, { inputs: { checkpoint } })).rejects.toThrow('Input "policy" is not given.');
    const two = { checkpoint, policy: { json: policy }, policy2: { json: policy } };
    await expect(runStep(exportStep, { inputs: two })).rejects.toThrow('The step has no input "policy2"');
  });
});

describe("openBundle", () => {
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "vision-bundle-"));
    using result = await runExport();
    cpSync(result.outputs.bundle.path, directory, { recursive: true });
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
    rmSync(`${directory}.md`, { force: true });
  });

  const at = (name: string) => join(directory, name);
  const edit = (change: (document: BundleDocument) => unknown) => {
    const document = JSON.parse(readFileSync(at("bundle.json"), "utf8")) as BundleDocument;
    writeFileSync(at("bundle.json"), JSON.stringify(change(document)));
  };
  const listAs = (path: string) => (document: BundleDocument) => ({
    ...document,
    files: document.files.map((file) => (file.path === "README.md" ? { ...file, path } : file)),
  });

  it.each([
    [
      "a changed weight",
      "bundle-file-differs",
      "model.safetensors has ",
      () => {
        const bytes = readFileSync(at("model.safetensors"));
        bytes[bytes.length - 2]! ^= 1;
        writeFileSync(at("model.safetensors"), bytes);
      },
    ],
    ["a longer policy", "bundle-file-differs", "policy.json has ", () => appendFileSync(at("policy.json"), " ")],
    ["a lost file", "bundle-file-missing", "README.md is not there", () => rmSync(at("README.md"))],
    [
      "a second policy",
      "bundle-file-unlisted",
      "policy2.json is not listed in bundle.json",
      () => cpSync(at("policy.json"), at("policy2.json")),
    ],
    [
      "a folder that is elsewhere",
      "bundle-file-unlisted",
      "more is not listed in bundle.json",
      () => symlinkSync("/", at("more")),
    ],
    [
      "a path that leaves it",
      "bundle-path-escapes",
      "../outside is not a plain path inside it",
      () => edit(listAs("../outside")),
    ],
    [
      "an absolute path",
      "bundle-path-escapes",
      "/etc/hosts is not a plain path inside it",
      () => edit(listAs("/etc/hosts")),
    ],
    [
      "a symbolic link",
      "bundle-path-escapes",
      "README.md leads through a symbolic link",
      () => {
        renameSync(at("README.md"), `${directory}.md`);
        symlinkSync(`${directory}.md`, at("README.md"));
      },
    ],
    [
      "no policy",
      "bundle-malformed",
      "bundle.json is missing or not that of a vision.bundle/1",
      () => edit(({ policy: _, ...rest }) => rest),
    ],
    [
      "two policies",
      "bundle-malformed",
      "bundle.json is missing or not that of a vision.bundle/1",
      () => edit((document) => ({ ...document, policy: [document.policy, document.policy] })),
    ],
    [
      "a policy that is not listed",
      "bundle-malformed",
      "bundle.json is not among its files",
      () => edit((document) => ({ ...document, policy: { ...document.policy, path: "bundle.json" } })),
    ],
    [
      "other class names",
      "bundle-malformed",
      "its class names are not those of its model",
      () => edit((document) => ({ ...document, class_names: ["a", "b"] })),
    ],
    ["no bundle.json", "bundle-malformed", "bundle.json is missing", () => rmSync(at("bundle.json"))],
  ])("refuses %s", (_, code, detail, damage) => {
    openBundle(directory);
    damage();
    let error: unknown;
    try {
      openBundle(directory);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(StepError);
    expect((error as StepError).toEnvelope()).toMatchObject({ error: code, category: "invariant" });
    expect((error as StepError).detail).toContain(`The bundle at ${directory} does not hold together: `);
    expect((error as StepError).detail).toContain(detail);
  });
});
