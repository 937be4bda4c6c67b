import { digestBytes, digestJson, type PhaseManifest, type RunDocument } from "@orchestrate/manifests";

/** The run.json of a made-up run. */
export function sampleDocument(change: Partial<RunDocument> = {}): RunDocument {
  return {
    schema: "orchestrate.run/1",
    run: "run",
    pipeline: "made-up",
    state: null,
    created: "2026-11-21T20:42:35.000Z",
    root: "../..",
    file: null,
    profile: null,
    overrides: [],
    seed: 0,
    durability: "relaxed",
    reuse: "link",
    selected: [],
    forced: [],
    resolved: {},
    previous: {},
    steps: {},
    git: null,
    environment: { engine: "1.0.0", node: "v24.0.0", platform: "linux", arch: "x64", hostname: "here", cpus: 1 },
    ...change,
  };
}

/** The record of a made-up phase, but for what its commit finds out; its fingerprint is made of `parts`. */
export function sampleManifest(
  parts: PhaseManifest["fingerprint"]["parts"],
  change: Partial<PhaseManifest> = {},
): Omit<PhaseManifest, "outputs" | "finished"> {
  const code = digestBytes("code");
  return {
    schema: "orchestrate.manifest/1",
    run: "run",
    pipeline: "made-up",
    phase: "phase",
    key: null,
    attempt: 1,
    step: { name: "made-up/step", plugin: "made-up", version: "1.0.0", code },
    fingerprint: { digest: digestJson(parts), parts },
    config: {},
    seeds: {},
    services: {},
    inputs: {},
    metrics: {},
    durability: "relaxed",
    reused: null,
    git: null,
    environment: { node: "v24.0.0", platform: "linux", arch: "x64" },
    env: [],
    started: "2026-11-21T20:42:35.000Z",
    ...change,
  };
}
