import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const directory = fileURLToPath(new URL(".", import.meta.url));
/** The scripts say themselves how they are run. */
const scripts = readdirSync(directory)
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => {
    const run = /`node (--expose-gc )?bench\/hashmap\/[\w-]+\.ts`/.exec(readFileSync(directory + name, "utf8"));
    return run === null || name.endsWith(".test.ts")
      ? []
      : [{ name, flags: run[1] === undefined ? [] : ["--expose-gc"] }];
  });

function run(flags: readonly string[], words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...words], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe("bench/hashmap", () => {
  it("lists every script in its README", () => {
    const readme = readFileSync(`${directory}README.md`, "utf8");
    expect(scripts.map(({ name }) => name)).toEqual(["deletion.ts", "memory.ts", "replay.ts", "scaling.ts"]);
    expect(scripts.filter(({ name }) => !readme.includes(`bench/hashmap/${name}`))).toEqual([]);
  });

  it.each(scripts)("$name still works", ({ name, flags }) => {
    expect(run(flags, [directory + name, "--quick"])).toMatch(/^ {2}\S/m);
  });

  it("replays the workloads that it is told to, cold and warm", () => {
    const out = run([], [`${directory}replay.ts`, "--quick", "--workloads", "hot,w_uniform"]);
    expect(out.match(/^\w.*$/gm)).toEqual([
      "hot: 2000 rows, the first replay of a process",
      "hot: 2000 rows, later ones",
      "w_uniform: 2000 rows, the first replay of a process",
      "w_uniform: 2000 rows, later ones",
    ]);
    expect(out.match(/^ {2}hashmap\/replay \/ \([ab]\)/gm)).toHaveLength(8);
  });
});
