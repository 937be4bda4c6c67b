import { globSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Engine } from "./rig/engine.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const packages = globSync("{steps,plugins}/*/package.json", { cwd: root }).map((path) => dirname(path));

interface Checked {
  readonly ok: boolean;
  readonly checks: readonly { readonly check: string; readonly state: string; readonly detail: string }[];
}

describe.concurrent("what comes with the engine is a plugin like any other", () => {
  it.each(packages)("%s passes plugins check", async (directory) => {
    const { stdout } = await new Engine(["plugins", "check", directory, "--json"], { cwd: root }).ended;
    const { checks } = JSON.parse(stdout) as Checked;
    expect(checks.filter(({ state }) => state === "broken")).toEqual([]);
    expect(checks.filter(({ check }) => check === "load").length).toBeGreaterThan(0);
  });
});
