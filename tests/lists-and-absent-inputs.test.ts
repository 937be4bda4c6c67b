import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf, manifestsOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

/** A fan-out over what the command writes, a gather of it, and a phase that has nothing to do with either. */
const fanOver = (shell: string) => ({
  pipeline: "p",
  phases: {
    list: { step: "command/run", with: { shell }, outputs: { items: "items.json" } },
    fan: {
      step: "command/run",
      each: "list.items",
      with: { shell: 'echo "$ITEM" > "$OUTPUT_text"' },
      outputs: { text: "text.txt" },
    },
    all: {
      step: "command/run",
      with: { shell: 'wc -l < "$INPUT_parts" > "$OUTPUT_count"' },
      inputs: { parts: "fan[*].text" },
      outputs: { count: "count.txt" },
    },
  },
});

const plugins = ["@orchestrate/steps-command", "orchestrate-plugin-rig"];

it("what an item says is data, whatever it looks like", async () => {
  const items = ["${inputs.parts}", "$${x}", "${", "$", "$(id) `id` *"];
  const project = new Project(scratch, {
    plugins,
    files: { "notes.txt": "notes" },
    pipeline: {
      pipeline: "p",
      phases: {
        fan: {
          step: "command/run",
          each: { says: items },
          with: { argv: ["sh", "-c", 'printf %s "$1" > "$2"', "sh", "${item.says}{inputs.parts}", "${outputs.text}"] },
          inputs: { parts: { path: "notes.txt" } },
          outputs: { text: "text.txt" },
        },
      },
    },
  });
  const { results } = resultOf(await project.orchestrate(["run", "--json"]));
  const written = results.map(({ path }) => readFileSync(path, "utf8"));
  expect(written.sort()).toEqual(items.map((says) => `${says}{inputs.parts}`).sort());
});

it("an instance's manifest holds its item, and whoever gathers is given keys and items in the order of the list", async () => {
  const see = `import { defineStep, file, json, z } from "@orchestrate/sdk";
    export default defineStep({
      summary: "Tells what it is given.",
      config: z.strictObject({}),
      inputs: { parts: file("*").gathered() },
      outputs: { seen: json("seen.json", z.json()) },
      run: async ({ inputs, outputs }) => {
        const seen = inputs.parts.map(async (part) => [part.key, part.item, await part.text()]);
        await outputs.seen.write(await Promise.all(seen));
      },
    });`;
  const each = [{ says: "b" }, { says: "a" }];
  const project = new Project(scratch, {
    plugins: [...plugins, "own"],
    files: { "node_modules/own/package.json": packageOf({ "own/see": "./see.js" }), "node_modules/own/see.js": see },
    pipeline: {
      pipeline: "p",
      phases: {
        fan: {
          step: "command/run",
          each,
          key: "${item.says}",
          with: { shell: 'printf %s "$ITEM_says" > "$OUTPUT_text"' },
          outputs: { text: "text.txt" },
        },
        see: { step: "own/see", inputs: { parts: "fan[*].text" } },
      },
    },
  });
  const { directory, results } = resultOf(await project.orchestrate(["run", "--json"]));
  const seen = results.find(({ phase }) => phase === "see")!;
  expect(JSON.parse(readFileSync(seen.path, "utf8"))).toEqual([
    ["b", { says: "b" }, "b"],
    ["a", { says: "a" }, "a"],
  ]);
  const manifests = manifestsOf(directory);
  expect(manifests["fan[a]"]).toMatchObject({ key: "a", item: { says: "a" } });
  expect(manifests["fan[b]"]).toMatchObject({ key: "b", item: { says: "b" } });
  expect(manifests.see).not.toHaveProperty("item");
});

describe.concurrent("a fan-out over what a phase wrote", () => {
  it.each([
    [
      "nothing that is JSON",
      "nope",
      "list-unreadable",
      /items\.json can't be read as JSON: Unexpected token 'o', "nope " is not valid JSON\.$/,
      "Let the phase that writes it write JSON.",
    ],
    [
      "no list",
      "5",
      "each-not-a-list",
      /^fan: fan is fanned out over a JSON document that is not a list\.$/,
      "Let the phase that writes it write a list.",
    ],
    [
      "two equal items",
      "[1,1]",
      "pipeline-invalid",
      /^fan: .*phases\.fan\.each: items 0 and 1 have the same key "6b86b273ff34"\.$/,
      "Make the key tell them apart, or remove one.",
    ],
    [
      "a number that is none",
      "[1e999]",
      "list-unreadable",
      /items\.json can't be read as JSON: it holds a number that is too large\.$/,
      "Let the phase that writes it write JSON.",
    ],
  ])("fails where that is %s", async (_, text, code, detail, hint) => {
    const project = new Project(scratch, { plugins, pipeline: fanOver(`echo '${text}' > "$OUTPUT_items"`) });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(resultOf(ended).failures.map(({ id }) => id)).toEqual(["fan"]);
    expect(errorOf(ended)).toEqual({
      error: code,
      detail: expect.stringMatching(detail),
      hint,
    });
    expect(ended.status).toBe(code === "pipeline-invalid" ? 2 : 1);
  });

  it("has no instance where the list is empty, and gathers to nothing", async () => {
    const project = new Project(scratch, { plugins, pipeline: fanOver('echo "[]" > "$OUTPUT_items"') });
    const { status, stdout } = await project.orchestrate(["run"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/: 2 computed, 0 reused\.$/m);
    expect((await project.orchestrate(["run"])).stdout).toMatch(/^Nothing to do: /m);
    expect(await project.orchestrate(["explain", "fan"])).toMatchObject({
      status: 0,
      stdout: "fan: has no instances, as its list is empty.\n",
    });
    expect(errorOf(await project.orchestrate(["logs", "fan", "--json"]))).toMatchObject({
      error: "phase-not-begun",
      detail: expect.stringMatching(/^fan is fanned out, and no instance of it has begun in the run \S+\.$/),
    });
  });
});

describe("an optional output that was not written", () => {
  const files = {
    "node_modules/own/package.json": packageOf({ "own/maybe": "./maybe.js" }),
    "node_modules/own/maybe.js": `
      import { defineStep, json, z } from "@orchestrate/sdk";
      export default defineStep({
        summary: "Writes nothing.",
        config: z.strictObject({}),
        outputs: { list: json("list.json", z.array(z.json())).optional() },
        async run() {},
      });`,
  };
  const maybe = { step: "own/maybe" };

  it.each([
    [
      "an input that must be there",
      { step: "command/run", with: { shell: "true" }, inputs: { text: "maybe.list" } },
      'a: The input "text" of a is wired to maybe.list, an optional output that was not written.',
      "input-absent",
      "Let that phase write it, or wire the input to another artifact.",
    ],
    [
      "a fan-out",
      { step: "command/run", with: { shell: "true" }, each: "maybe.list" },
      "a: a is fanned out over maybe.list, which was not written.",
      "each-missing",
      "Let that phase write its list.",
    ],
  ])("fails %s", async (_, a, detail, error, hint) => {
    const pipeline = { pipeline: "p", phases: { maybe, a } };
    const project = new Project(scratch, { plugins: [...plugins, "own"], files, pipeline });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended.status).toBe(1);
    expect(errorOf(ended)).toEqual({ error, detail, hint });
  });
});

function packageOf(steps: object): string {
  return JSON.stringify({ name: "own", version: "1.0.0", type: "module", orchestrate: { api: 1, steps } });
}
