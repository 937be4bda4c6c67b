import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const directory = fileURLToPath(new URL("../bench/", import.meta.url));
const scripts = readdirSync(directory).filter(
  (name) => name.endsWith(".ts") && readFileSync(directory + name, "utf8").includes("node bench/"),
);

describe("bench", () => {
  it("lists every script in its README", () => {
    const readme = readFileSync(`${directory}README.md`, "utf8");
    expect(scripts.filter((name) => !readme.includes(`bench/${name}`))).toEqual([]);
    expect(scripts.length).toBeGreaterThanOrEqual(9);
  });

  it.each(scripts)("%s still works", (name) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [directory + name, "--quick"], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}\S/m);
  });
});
