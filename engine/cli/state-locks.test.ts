import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineStep, file, z } from "@orchestrate/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildGraph } from "../core/graph/build-graph.ts";
import { resolvePipeline } from "../core/pipeline/resolve-pipeline.ts";
import { StateLocks } from "./state-locks.ts";

let runs: string;
beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), "state-locks-"));
});
afterEach(() => rmSync(runs, { recursive: true }));

const load = defineStep({
  summary: "Loads rows and keeps a watermark.",
  config: z.strictObject({}),
  inputs: { before: file("text/plain").optional() },
  outputs: { watermark: file("text/plain") },
  effects: "external",
  run: async ({ outputs }) => outputs.watermark.write("1"),
});

function graphOf(inputs: object) {
  const document = { pipeline: "p", phases: { load: { step: "t/load", inputs } } };
  const { pipeline } = resolvePipeline(document);
  const digest = `sha256:${"0".repeat(64)}`;
  const facts = { name: "t/load", plugin: "t", version: "1.0.0", code: digest, files: {}, contract: load.contract() };
  return buildGraph(pipeline, { steps: new Map([["t/load", facts]]), providers: new Map(), tokens: new Set() });
}

describe("StateLocks", () => {
  const keeping = graphOf({ before: { previous: "load.watermark" } });

  it("keeps a second engine from the state of a phase until it is released", async () => {
    const first = new StateLocks(runs);
    const second = new StateLocks(runs);
    await first.take(keeping, new Set(["load"]));
    await expect(second.take(keeping, new Set(["load"]))).rejects.toMatchObject({
      code: "locked",
      category: "policy",
      detail: expect.stringContaining('The state of phase "load" is being driven by another engine'),
    });
    first.release();
    await second.take(keeping, new Set(["load"]));
    second.release();
  });

  it("takes none for phases that keep no state", async () => {
    const graph = graphOf({});
    const first = new StateLocks(runs);
    const second = new StateLocks(runs);
    await first.take(graph, new Set(["load"]));
    await second.take(graph, new Set(["load"]));
    first.release();
    second.release();
  });
});
