import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defineStep, directory, file, json, ndjson, type StepContext, StepError, z } from "../index.ts";
import { Clock, Processes } from "../services.ts";
import { defineToken } from "../token.ts";
import { runStep } from "./run-step.ts";

const wordCount = defineStep({
  summary: "Count the most frequent words of a text.",
  config: z.strictObject({ top: z.number().int().positive().default(10) }),
  inputs: { text: file("text/plain"), stop: json("stop.json", z.array(z.string())).optional() },
  outputs: { counts: json("counts.json", z.array(z.strictObject({ word: z.string(), count: z.number() }))) },
  seeds: ["order"],
  async run({ config, inputs, outputs, log, progress, metric, seeds }) {
    const stop = (await inputs.stop?.read()) ?? [];
    const tally = new Map<string, number>();
    for (const word of (await inputs.text.text()).split(/\s+/)) {
      if (!stop.includes(word)) tally.set(word, (tally.get(word) ?? 0) + 1);
    }
    log.info(`counted with seed ${seeds.order}`);
    progress(1, 2, "counted");
    metric("words", tally.size, 1);
    metric("words", tally.size + 1, 2);
    await outputs.counts.write([...tally].slice(0, config.top).map(([word, count]) => ({ word, count })));
  },
});

const tree = { tree: directory("any") };
const empty: z.ZodType = z.strictObject({});
type Context = StepContext<z.ZodType, Record<never, never>, typeof tree, Record<never, never>, never, false>;

/** A step with a directory as its output, which does what `act` does. */
function directoryStep(act: (context: Context) => unknown) {
  return defineStep({
    summary: "Fill a directory.",
    config: empty,
    outputs: tree,
    run: async (context) => void act(context),
  });
}

const example = { inputs: { text: { text: "a b a c" }, stop: { json: ["c"] } } };

describe("runStep", () => {
  it("runs a step on real files and reads everything back", async () => {
    const before = process.cwd();
    using result = await runStep(wordCount, { ...example, seed: 7 });
    expect(result.error).toBeUndefined();
    expect(result.outputs.counts.text()).toBe('[{"word":"a","count":2},{"word":"b","count":1}]\n');
    expect(result.outputs.counts.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(result.metrics).toEqual({ words: 3 });
    expect(result.metricValues.map(({ step }) => step)).toEqual([1, 2]);
    expect(result.progress).toEqual([{ done: 1, total: 2, message: "counted" }]);
    expect(result.log[0]?.message).toMatch(/^counted with seed \d+$/);
    expect(process.cwd()).toBe(before);
  });

  it("removes its files when disposed", async () => {
    const result = await runStep(wordCount, example);
    expect(existsSync(result.root)).toBe(true);
    result.dispose();
    expect(existsSync(result.root)).toBe(false);
  });

  it("gives what the step throws, and what it leaves unwritten, as the error", async () => {
    const failing = defineStep({
      summary: "Fail.",
      config: z.strictObject({ how: z.enum(["throw", "nothing"]) }),
      outputs: { report: file("text/plain", "report.txt"), notes: file("text/plain").optional() },
      async run({ config }) {
        if (config.how === "throw") throw new StepError({ error: "no-luck", detail: "No luck.", hint: "Try again." });
      },
    });
    using thrown = await runStep(failing, { config: { how: "throw" } });
    expect(thrown.error).toMatchObject({ code: "no-luck" });
    using nothing = await runStep(failing, { config: { how: "nothing" } });
    expect(nothing.error).toMatchObject({
      code: "output-missing",
      detail: 'Output "report" was not written: there is nothing at "report.txt".',
    });
  });

  it("names a directory that stands where a file was declared", async () => {
    const step = defineStep({
      summary: "Make a directory.",
      config: z.strictObject({}),
      inputs: { tree: directory("*") },
      outputs: { report: file("text/plain"), tree: directory("any") },
      run: async ({ inputs, outputs }) => {
        mkdirSync(outputs.report.path);
        copyFileSync(inputs.tree.file("a/b.txt"), outputs.tree.file("c/d.txt"));
      },
    });
    using result = await runStep(step, { inputs: { tree: { files: { "a/b.txt": "hello" } } } });
    expect(result.error).toMatchObject({ detail: 'Output "report" is declared as file, and is a directory.' });
    expect(result.outputs.tree.files()).toEqual(["c/d.txt"]);
  });

  it.each([
    ["a/out", "/etc", "link-leaves-tree"],
    ["a/out", "../../b", "link-leaves-tree"],
    ["a/b/up", "..", undefined],
    ["a/gone", "no/such", undefined],
    ["a/in-the-root", "/", "link-leaves-tree"],
  ])("judges a link %s to %s in a directory as a commit does", async (at, target, code) => {
    const step = directoryStep(({ outputs }) => symlinkSync(target, outputs.tree.file(at)));
    using result = await runStep(step);
    expect(result.error).toEqual(code === undefined ? undefined : expect.objectContaining({ code }));
    if (code !== undefined) {
      expect(result.error).toMatchObject({
        detail: `Output "tree" holds the symbolic link ${at} to ${target}, outside of it.`,
        hint: expect.stringContaining("relative links that stay inside"),
      });
    }
  });

  it("lists a link to a directory once, and nothing behind it", async () => {
    const step = directoryStep(({ outputs }) => {
      writeFileSync(outputs.tree.file("a/one"), "");
      symlinkSync("..", outputs.tree.file("a/up"));
    });
    using result = await runStep(step);
    expect(result.outputs.tree.files().filter((path) => path.startsWith("a/"))).toEqual(["a/one", "a/up"]);
  });

  it("finds a pipe in a directory, as a commit does", async () => {
    using result = await runStep(directoryStep(({ outputs }) => execFileSync("mkfifo", [outputs.tree.file("pipe")])));
    expect(result.error).toMatchObject({
      code: "unsupported-file-type",
      detail: 'Output "tree" holds pipe, which is a pipe, a socket or a device.',
    });
  });

  it("finds a pipe in place of a file, and does not wait for what it says", async () => {
    const step = defineStep({
      summary: "Make a pipe.",
      config: z.strictObject({}),
      outputs: { report: file("text/plain") },
      run: async ({ outputs }) => void execFileSync("mkfifo", [outputs.report.path]),
    });
    using result = await runStep(step);
    expect(result.error).toMatchObject({
      code: "output-form",
      detail: 'Output "report" is declared as file, and is a pipe, a socket or a device.',
    });
  });

  it("finds a name that is not UTF-8, as a commit does", async () => {
    const name = Buffer.concat([Buffer.from("tree/part-"), Buffer.from([0xff])]);
    using result = await runStep(directoryStep(() => mkdirSync(name)));
    expect(result.error).toMatchObject({
      code: "name-not-utf8",
      detail: 'A name in output "tree" is not valid UTF-8: part-\ufffd.',
    });
  });

  it.each([
    [Number.NaN, undefined, 'The metric "loss" is NaN, which a manifest can\'t hold.'],
    [1, Number.POSITIVE_INFINITY, 'The metric "loss at" is Infinity, which a manifest can\'t hold.'],
    ["0.5", undefined, 'The metric "loss" is a string, which a manifest can\'t hold.'],
    [1n, undefined, 'The metric "loss" is a bigint, which a manifest can\'t hold.'],
  ])("refuses the metric %s at %s, as the engine does", async (value, at, detail) => {
    using result = await runStep(directoryStep(({ metric }) => metric("loss", value as number, at)));
    expect(result.error).toMatchObject({ code: "metric-not-finite", detail });
    expect(result.metricValues).toEqual([]);
  });

  it.each([
    ["__proto__", "A metric can't be called \"__proto__\", which a manifest can't hold."],
    [Symbol("loss"), "A metric's name can't be a symbol, which a manifest can't hold."],
  ])("refuses a metric whose name no manifest keeps: %s", async (name, detail) => {
    using result = await runStep(directoryStep(({ metric }) => metric(name as string, 1)));
    expect(result.error).toMatchObject({
      code: "metric-name-refused",
      detail,
      hint: "Give the metric another name.",
    });
  });

  it("finds JSON that a step wrote past its handle, in the wrong shape", async () => {
    const step = defineStep({
      summary: "Write past the handle.",
      config: z.strictObject({}),
      outputs: { rows: ndjson("rows.ndjson", z.strictObject({ n: z.number() })) },
      run: async ({ outputs }) => writeFileSync(outputs.rows.path, '{"n":1}\n{"n":"two"}\n'),
    });
    using result = await runStep(step);
    expect(result.error).toMatchObject({
      code: "output-invalid",
      detail: 'Row 2 of output "rows" does not have the declared shape: n: expected number, received string.',
    });
  });

  it.each(["always", "when-read"] as const)("finds rows in the wrong shape that are checked %s", async (checked) => {
    const step = defineStep({
      summary: "Append a row of the wrong shape.",
      config: z.strictObject({}),
      outputs: { rows: ndjson("rows.ndjson", z.strictObject({ n: z.number().min(1) }), { checked }) },
      run: async ({ outputs, log }) => {
        await outputs.rows.append({ n: 0 });
        log.info("appended");
      },
    });
    using result = await runStep(step);
    expect(result.error).toMatchObject({ code: "output-invalid", detail: expect.stringContaining("Row 1 of") });
    // A row that is checked when it is read is appended first.
    expect(result.log).toHaveLength(checked === "always" ? 0 : 1);
  });

  it.each(["always", "when-read"] as const)("finds a document in the wrong shape, checked %s", async (checked) => {
    const step = defineStep({
      summary: "Write a document of the wrong shape.",
      config: z.strictObject({}),
      outputs: { count: json("count.json", z.strictObject({ n: z.number().min(1) }), { checked }) },
      run: async ({ outputs, log }) => {
        await outputs.count.write({ n: 0 });
        log.info("written");
      },
    });
    using result = await runStep(step);
    expect(result.error).toMatchObject({ code: "output-invalid", detail: expect.stringContaining('utput "count"') });
    expect(result.log).toHaveLength(checked === "always" ? 0 : 1);
  });

  it("masks secrets in log lines and in what child processes print", async () => {
    const step = defineStep({
      summary: "Tell a secret.",
      config: z.strictObject({}),
      services: { processes: Processes },
      run: async ({ secrets, log, services }) => {
        log.info(`the key is ${secrets.KEY}`, { [`of ${secrets.KEY}`]: [secrets.KEY] });
        log.info(String(Buffer.from(`user:${secrets.KEY}`).toString("base64")));
        await services.processes.run(["sh", "-c", 'echo "child has $KEY"']);
      },
    });
    using result = await runStep(step, { secrets: { KEY: "hunter2-hunter2" } });
    expect(result.log).toMatchObject([
      { level: "info", message: "the key is ***", fields: { "of ***": ["***"] } },
      { level: "info", message: expect.stringMatching(/^\w+\*\*\*\w?=*$/) },
      { level: "stdout", message: "child has ***" },
    ]);
  });

  it("refuses fields of a log line that are no plain JSON, as the engine does", async () => {
    const logging = (fields: Readonly<Record<string, unknown>>) =>
      runStep(
        defineStep({ summary: "Log.", config: z.strictObject({}), run: async ({ log }) => log.info("", fields) }),
      );
    using plain = await logging({ at: new Date(0), none: undefined });
    expect([plain.error, plain.log[0]?.fields]).toEqual([undefined, { at: "1970-01-01T00:00:00.000Z" }]);
    using odd = await logging({ count: 1n });
    expect(odd.error).toBeInstanceOf(TypeError);
  });

  it("gives a clock whose sleeps take no time, and checkpoints that can be loaded", async () => {
    const step = defineStep({
      summary: "Sleep for a day.",
      config: z.strictObject({}),
      services: { clock: Clock },
      outputs: { slept: json("slept.json", z.number()) },
      run: async ({ services: { clock }, checkpoint, outputs }) => {
        const start = clock.now();
        await clock.sleep(86_400_000);
        await checkpoint.save(new Uint8Array([((await checkpoint.load())?.[0] ?? 0) + 1]));
        await outputs.slept.write(clock.now() - start);
      },
    });
    using result = await runStep(step, { checkpoint: new Uint8Array([41]) });
    expect(result.outputs.slept.json()).toBe(86_400_000);
    expect([...(result.checkpoints[0] ?? [])]).toEqual([42]);
  });

  it("refuses options that do not fit the step, in words", async () => {
    const asking = defineStep({
      summary: "Ask.",
      config: z.strictObject({}),
      services: { metric: defineToken<number>("test/metric") },
      run: async () => {},
    });
    // A wrong key does not compile; what comes from JSON can hold one all the same.
    const wrong: object = { config: { tpo: 3 } };
    await expect(runStep(wordCount, { ...example, ...wrong })).rejects.toThrow('Unrecognized key: "tpo"');
    await expect(runStep(wordCount, {})).rejects.toThrow('Input "text" is not given.');
    await expect(runStep(wordCount, { inputs: { ...example.inputs, txet: { text: "" } } })).rejects.toThrow(
      'The step has no input "txet"; it has text, stop.',
    );
    await expect(runStep(wordCount, { ...example, outputs: { x: "x" } })).rejects.toThrow("The step is not open");
    await expect(runStep(asking)).rejects.toThrow('The step asks for the service "test/metric"');
  });

  it("gives an open step the inputs and outputs that the test names", async () => {
    const open = defineStep({
      summary: "List.",
      config: z.strictObject({}),
      open: true,
      run: async ({ inputs, outputs }) => {
        const gathered = inputs.parts;
        const keys = Array.isArray(gathered) ? gathered.map(({ key, item }) => `${key}=${item}`) : [];
        const list = outputs.list;
        if (list?.form === "file") await list.write(keys.join(","));
        const tree = outputs.tree;
        if (tree?.form === "directory") writeFileSync(tree.file("x"), "");
      },
    });
    using result = await runStep(open, {
      inputs: {
        parts: [
          { key: "a", item: 1, text: "A" },
          { key: "b", item: 2, text: "B" },
        ],
      },
      outputs: { list: "deep/list.txt", tree: "tree/" },
    });
    expect(result.error).toBeUndefined();
    expect(result.outputs.list?.text()).toBe("a=1,b=2");
    expect(result.outputs.tree?.files()).toEqual(["x"]);
  });

  it("gives the project, the token and the series that the test names", async () => {
    const outside = defineStep({
      summary: "Say where it is.",
      config: z.strictObject({}),
      outputs: { place: json("place.json", z.array(z.string())) },
      effects: "external",
      run: ({ project, token, series, outputs }) => outputs.place.write([project, token, series]),
    });
    using named = await runStep(outside, { project: "/a/project", token: "sha256:1", series: "sha256:2" });
    expect(named.outputs.place.json()).toEqual(["/a/project", "sha256:1", "sha256:2"]);
    using unnamed = await runStep(outside);
    const [token, series] = ["0", "1"].map((digit) => `sha256:${digit.repeat(64)}`);
    expect(unnamed.outputs.place.json()).toEqual([unnamed.root, token, series]);
  });

  it("copies what a step carries over, from inputs that it wrote or was given by path", async () => {
    const keeping = defineStep({
      summary: "Keep files.",
      config: z.strictObject({}),
      inputs: { tree: directory("tree"), model: file("model") },
      outputs: { tree: directory("tree"), model: file("model") },
      async run({ inputs, outputs }) {
        outputs.tree.carry("deep/b", inputs.tree.file("a"));
        outputs.model.carry(inputs.model.path);
      },
    });
    using first = await runStep(keeping, { inputs: { tree: { files: { a: "A" } }, model: { text: "weights" } } });
    expect(first.outputs.tree.files()).toEqual(["deep/b"]);
    expect(first.outputs.model.text()).toBe("weights");
    const model = { path: first.outputs.model.path };
    using second = await runStep(keeping, { inputs: { tree: { files: { a: "A" } }, model } });
    expect(second.error).toBeUndefined();
    expect(second.outputs.model.digest).toBe(first.outputs.model.digest);
  });
});
