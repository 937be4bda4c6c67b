import { existsSync, readdirSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Instance } from "../core/graph/instance.ts";
import { RunRig } from "./fixtures/run-rig.ts";
import { PhaseDirectories } from "./phase-directories.ts";

function instances(count: number): Instance[] {
  const keys = Array.from({ length: count }, (_, index) => String(index));
  return keys.map((key) => ({
    id: `a[${key}]`,
    phase: "a",
    key,
    item: null,
    config: {},
    seedKey: undefined,
    inputs: {},
  }));
}

describe("PhaseDirectories", () => {
  it("makes the one that is asked for with those that come next, 64 at once", async () => {
    using rig = new RunRig({ a: {} });
    const coming = instances(100);
    const directories = new PhaseDirectories(rig.scope(), coming);
    const { path, lasting } = directories.take(coming[70]!);
    await lasting;
    expect(path).toBe(`${rig.directory}/phases/a/70`);
    const made = readdirSync(`${rig.directory}/phases/a`).map(Number);
    expect(made.sort((a, b) => a - b)).toEqual([...Array(63).keys(), 70]);
    for (const instance of coming) directories.take(instance);
    expect(readdirSync(`${rig.directory}/phases/a`)).toHaveLength(100);
  });

  it("makes one again for another attempt", () => {
    using rig = new RunRig({ a: {} });
    const [instance] = instances(1);
    const directories = new PhaseDirectories(rig.scope(), []);
    const { path } = directories.take(instance!);
    rmSync(path, { recursive: true });
    expect(directories.take(instance!).path).toBe(path);
    expect(existsSync(path)).toBe(true);
  });
});
