import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

describe("a step whose schemas are made with a zod of its own, not with the sdk's", () => {
  it("runs, with its defaults", async () => {
    const ended = await withZod({}).orchestrate(["run", "--json"]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const { results } = resultOf(ended);
    expect(JSON.parse(readFileSync(results[0]!.path, "utf8"))).toEqual({ words: ["one", "one"] });
  });

  it("is told what its config must be, field by field", async () => {
    const ended = await withZod({ count: "many", cuont: 2 }).orchestrate(["run", "--json"]);
    expect(ended.status).toBe(2);
    const { error, detail, hint } = errorOf(ended);
    expect(error).toBe("pipeline-invalid");
    expect(`${detail} ${hint}`).toMatch(/count.*expected number.*cuont.*not known/s);
  });

  it("fails where it writes what its output's schema refuses", async () => {
    const ended = await withZod({ word: "" }).orchestrate(["run", "--json"]);
    expect(ended.status).toBe(1);
    expect(resultOf(ended).failures[0]!.error).toMatchObject({ error: "output-invalid" });
  });

  it("is described with its schema", async () => {
    const ended = await withZod({}).orchestrate(["plugins", "describe", "orchestrate-plugin-own", "--json"]);
    expect(ended.stdout).toContain('"description":"how often"');
  });
});

const STEP = `import { defineStep, json } from "@orchestrate/sdk";
import { z } from "zod";

export default defineStep({
  summary: "Repeat a word.",
  config: z.strictObject({ count: z.number().int().default(2).describe("how often"), word: z.string().default("one") }),
  outputs: { words: json("own/words", z.object({ words: z.array(z.string().min(1)) })) },
  run: ({ config, outputs }) => outputs.words.write({ words: Array(config.count).fill(config.word) }),
});
`;

function withZod(config: object): Project {
  const project = new Project(scratch, {
    plugins: ["orchestrate-plugin-own"],
    pipeline: { pipeline: "own", phases: { own: { step: "own/step", with: config } } },
    files: {
      "node_modules/orchestrate-plugin-own/package.json": JSON.stringify({
        name: "orchestrate-plugin-own",
        version: "1.0.0",
        type: "module",
        orchestrate: { api: 1, steps: { "own/step": "./own.js" } },
      }),
      "node_modules/orchestrate-plugin-own/own.js": STEP,
    },
  });
  const own = project.path("node_modules/orchestrate-plugin-own/node_modules");
  mkdirSync(own);
  symlinkSync(fileURLToPath(new URL("../node_modules/zod", import.meta.url)), join(own, "zod"));
  return project;
}
