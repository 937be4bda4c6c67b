import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import diff from "./diff.ts";
import { tracers } from "./fixtures/tracers.ts";
import inspect from "./inspect.ts";
import record from "./record.ts";
import replay from "./replay.ts";

const program = `function factorial(n) {
  if (n <= 1) return 1;
  const rest = factorial(n - 1);
  return n * rest;
}
async function later(n) {
  const kept = n + 1;
  await null;
  const after = kept * 2;
  return after;
}
console.log(factorial(Number(process.argv[2])));
later(1).then((n) => console.log(n));
`;

let directory = "";
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "traces-"));
  writeFileSync(join(directory, "a.cjs"), program);
  for (const [name, argument] of [
    ["three", "3"],
    ["again", "3"],
    ["four", "4"],
  ] as const) {
    using result = await runStep(record, {
      project: directory,
      config: { program: "a.cjs", args: [argument] },
      services: tracers,
    });
    cpSync(result.outputs.trace.path, join(directory, name), { recursive: true });
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

const trace = (name: string) => ({ path: join(directory, name) });

describe("recorder/inspect", () => {
  it("sums a trace up", async () => {
    using result = await runStep(inspect, { inputs: { trace: trace("three") }, config: { top: 2 } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.summary.json()).toMatchObject({
      program: join(directory, "a.cjs"),
      args: ["3"],
      status: 0,
      counts: { calls: 8, returns: 8, writes: 2, exceptions: 0, threads: 1 },
      functions: [
        { function: "factorial", line: 1, steps: 8, calls: 3 },
        { function: "later", line: 6, steps: 4, calls: 2 },
      ],
      lines: [{ line: 2, steps: 4 }, { steps: 2 }],
    });
  });
});

describe("recorder/replay", () => {
  it("tells where the program stood, at a line and at an event", async () => {
    const at = [{ file: "a.cjs", line: 4, hit: 2 }, { file: "a.cjs", line: 10 }, 0];
    using result = await runStep(replay, { inputs: { trace: trace("three") }, config: { at } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.states.json()).toMatchObject([
      {
        calls: [
          { function: "factorial", line: 4, variables: { n: 3, rest: 2 } },
          { function: "<module>", line: 12 },
          { function: "<top-level>" },
        ],
        written: { stdout: 0, stderr: 0 },
      },
      // The variables from before the suspension are there after it.
      { calls: [{ function: "later", line: 10, variables: { n: 1, kept: 2, after: 4 } }, { function: "<top-level>" }] },
      { event: 0, calls: [] },
    ]);
  });

  it("says that a place was not reached", async () => {
    for (const [at, place] of [
      [{ file: "a.cjs", line: 4, hit: 3 }, "a.cjs:4, hit 3,"],
      // A file whose name only ends like this one is another.
      [{ file: ".cjs", line: 4 }, ".cjs:4, hit 1,"],
      [1_000_000, "event 1000000"],
    ] as const) {
      using result = await runStep(replay, { inputs: { trace: trace("three") }, config: { at: [at] } });
      expect(result.error).toMatchObject({
        code: "trace-place-not-reached",
        category: "input",
        detail: expect.stringMatching(new RegExp(`^The trace does not come to ${place} in its \\d+ events\\.$`)),
        hint: "recorder/inspect tells how many events there are, and which lines were reached.",
      });
    }
  });
});

describe("recorder/diff", () => {
  it("finds two recordings of one run equal", async () => {
    using result = await runStep(diff, { inputs: { left: trace("three"), right: trace("again") } });
    expect(result.outputs.difference.json()).toMatchObject({ equal: true, left: null, right: null });
  });

  it("finds where two first part, by values and by the way taken", async () => {
    const inputs = { left: trace("three"), right: trace("four") };
    using all = await runStep(diff, { inputs });
    expect(all.outputs.difference.json()).toMatchObject({
      equal: false,
      left: { does: "call a.cjs factorial(n=3)" },
      right: { does: "call a.cjs factorial(n=4)" },
    });
    using flow = await runStep(diff, { inputs, config: { compare: ["flow"], context: 2 } });
    expect(flow.outputs.difference.json()).toMatchObject({
      before: ["call a.cjs factorial(n=)", "step a.cjs:2"],
      left: { does: "step a.cjs:2", state: { calls: [{ variables: { n: 1 } }, {}, {}, {}, {}] } },
      right: { does: "step a.cjs:3", state: { calls: [{ variables: { n: 2 } }, {}, {}, {}, {}] } },
    });
    using values = await runStep(diff, { inputs, config: { compare: ["values"] } });
    expect(values.outputs.difference.json()).toMatchObject({
      left: { does: "call a.cjs factorial(n=3)" },
      right: { does: "call a.cjs factorial(n=4)" },
    });
    using output = await runStep(diff, { inputs, config: { compare: ["output"] } });
    expect(output.outputs.difference.json()).toMatchObject({
      common: 0,
      left: { does: 'stdout "6\\n"' },
      right: { does: 'stdout "24\\n"' },
    });
  });
});

describe("all three", () => {
  it("read a trace that is laid out otherwise", async () => {
    const other = join(directory, "pretty");
    cpSync(join(directory, "three"), other, { recursive: true });
    const path = join(other, "trace.json");
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8")), null, 3));
    using result = await runStep(diff, { inputs: { left: trace("three"), right: trace("pretty") } });
    expect(result.outputs.difference.json()).toMatchObject({ equal: true });
  });

  it("say which event of a trace can't be read", async () => {
    const bad = join(directory, "bad");
    cpSync(join(directory, "three"), bad, { recursive: true });
    const path = join(bad, "trace.json");
    writeFileSync(path, '[{"Path":"/a"},{"Step":{"path_id":0,"line":"x"}}]');
    using result = await runStep(inspect, { inputs: { trace: { path: bad } } });
    expect(result.error).toMatchObject({
      code: "trace-unreadable",
      category: "input",
      detail: expect.stringContaining(`event 1 of ${path} can't be read`),
      hint: "Wire a trace that recorder/record wrote, or another recorder of the JSON format.",
    });
    writeFileSync(path, '[{"Path":"/a"}');
    using cut = await runStep(inspect, { inputs: { trace: { path: bad } } });
    expect(cut.error).toMatchObject({ detail: expect.stringContaining("the array of events is not closed") });
    for (const none of ["", "{}", "\n"]) {
      writeFileSync(path, none);
      using empty = await runStep(inspect, { inputs: { trace: { path: bad } } });
      expect(empty.error).toMatchObject({ detail: `event 0 of ${path} can't be read: there is no array of events.` });
    }
    writeFileSync(path, '[{"Event":{"kind":0,"metadata":"by another recorder","content":"a"}}]');
    using foreign = await runStep(diff, { inputs: { left: { path: bad }, right: trace("three") } });
    expect(foreign.outputs.difference.json()).toMatchObject({ common: 0, left: { does: 'stdout "a"' } });
    writeFileSync(path, "[]");
    writeFileSync(join(bad, "trace_metadata.json"), '{"workdir":"/"}');
    using without = await runStep(inspect, { inputs: { trace: { path: bad } } });
    expect(without.error).toMatchObject({
      code: "trace-unreadable",
      detail: expect.stringMatching(/trace_metadata\.json can't be read: recording_id: [^\n]*\.$/),
    });
  });

  it("conform", async () => {
    await describeConformance(inspect, { inputs: { trace: trace("three") } });
    await describeConformance(replay, { inputs: { trace: trace("three") }, config: { at: [5] } });
    await describeConformance(diff, { inputs: { left: trace("three"), right: trace("four") } });
  });
});
