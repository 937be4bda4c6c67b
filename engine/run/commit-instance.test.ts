import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { digestJson, readPhaseManifest } from "@orchestrate/manifests";
import { expect, it } from "vitest";
import type { Instance } from "../core/graph/instance.ts";
import { type CommitContent, commitInstance } from "./commit-instance.ts";
import { RunRig } from "./fixtures/run-rig.ts";

const instance: Instance = {
  id: "a[x]",
  phase: "a",
  key: "x",
  item: { lr: 1 },
  config: {},
  seedKey: undefined,
  inputs: {},
};

/**
 * An attempt at the instance that has written its output, in a phase directory that is durable once `lasting` says so.
 */
function content(rig: RunRig, lasting: Promise<void>): CommitContent {
  const phaseDirectory = `${rig.directory}/phases/a/x`;
  const staging = `${phaseDirectory}/attempt-1`;
  mkdirSync(`${staging}/logs`, { recursive: true });
  writeFileSync(`${staging}/logs/log.txt`, "words");
  return {
    instance,
    place: { number: 1, phaseDirectory, staging, lasting },
    facts: {
      config: { value: {}, digest: digestJson({}) },
      sources: {},
      services: {},
      env: { LANG: "C" },
      files: {},
      version: null,
      code: { named: {}, digests: {}, sources: [] },
      options: new Map(),
    },
    fingerprint: { digest: digestJson("fingerprint"), parts: {} },
    inputs: {},
    metrics: { n: 1 },
    started: "2026-11-21T20:42:35.000Z",
    beside: () => "nothing",
  };
}

const fanned = { a: { each: [{ lr: 1 }], key: "x" } };

it("nothing is committed before the phase's directory is durable", async () => {
  using rig = new RunRig(fanned, "strict");
  const { promise, resolve } = Promise.withResolvers<void>();
  const given = content(rig, promise);
  const points: string[] = [];
  const committing = commitInstance(rig.scope({ beforePoint: (point) => void points.push(point) }), given);
  // Whatever could happen has happened after a turn of the event loop.
  await new Promise((turn) => setImmediate(turn));
  expect(points).toEqual([]);
  resolve();
  const { manifest } = await committing;
  expect(points.at(-1)).toBe("commit:committed:a[x]");
  expect(readPhaseManifest(`${given.place.phaseDirectory}/manifest.json`).manifest).toEqual(manifest);
  expect(manifest).toMatchObject({
    phase: "a",
    key: "x",
    item: { lr: 1 },
    env: ["LANG"],
    metrics: { n: 1 },
    reused: null,
  });
});

it("nothing is committed where the phase's directory can't be made durable", async () => {
  using rig = new RunRig(fanned, "strict");
  const given = content(rig, Promise.reject(new Error("fsync failed")));
  await expect(commitInstance(rig.scope(), given)).rejects.toThrow("fsync failed");
  expect(existsSync(given.place.staging)).toBe(true);
  expect(existsSync(`${given.place.phaseDirectory}/artifacts`)).toBe(false);
});
