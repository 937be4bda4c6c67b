import { expect, it } from "vitest";
import { embeddedRig } from "../fixtures/embedded-rig.ts";
import { digestOf, samplePhase } from "../fixtures/written-run.ts";
import { committedPhase } from "../follow/run-records.ts";
import { traceMade } from "./trace-made.ts";
import { traceUses } from "./trace-uses.ts";

/** More than a question is answered with at once, unless it says otherwise. */
const RUNS = 1_001;
const [table, notes] = [digestOf("a"), digestOf("3")];

/** That `load` made `table` of `notes` in one run after the other, all but the first of which took it over. */
function toldOf(run: number) {
  const finished = new Date(Date.UTC(2026, 10, 21) + run).toISOString();
  const reused = run === 0 ? null : { run: "r0", phase: "load", key: null, manifest: digestOf("e") };
  const inputs = { notes: { path: `notes-${run}.txt`, digest: notes } };
  const manifest = { ...samplePhase, run: `r${run}`, key: null, inputs, reused, finished };
  return committedPhase({ manifest, digest: digestOf("d") });
}

it("finds who made an artifact, where it lay and all who hold it, however many they are", async () => {
  await using rig = await embeddedRig();
  await rig.gateway.emitMany(Array.from({ length: RUNS }, (_, run) => toldOf(run)).flat());
  const made = await traceMade(rig.gateway, table, { depth: 20, seen: new Set() });
  expect(made).toMatchObject({
    run: "r0",
    phase: "load",
    output: "table",
    inputs: [{ input: "notes", digest: notes, path: "notes-0.txt", made: null }],
  });
  expect(made?.otherRuns.length).toBe(RUNS - 1);
});

it("finds all uses of a source, however many they are", async () => {
  await using rig = await embeddedRig();
  const uses = Array.from({ length: RUNS }, (_, run) =>
    committedPhase({ manifest: useIn(run), digest: digestOf("d") }),
  );
  await rig.gateway.emitMany(uses.flat());
  const traced = await traceUses(rig.gateway, notes, { depth: 1, seen: new Set() });
  expect(traced.map(({ run }) => run)).toEqual(Array.from({ length: RUNS }, (_, run) => `r${run}`));
});

function useIn(run: number) {
  const finished = new Date(Date.UTC(2026, 10, 21) + run).toISOString();
  return {
    ...samplePhase,
    run: `r${run}`,
    key: null,
    inputs: { notes: { path: "notes.txt", digest: notes } },
    finished,
  };
}

/** `raw` is made of notes, `one` and `two` of raw, `sum` of both: each by a phase of that name. */
const [raw, one, two, sum] = ["5", "6", "7", "8"].map(digestOf) as [string, string, string, string];
const diamond = (
  [
    ["raw", { notes }, raw],
    ["one", { raw }, one],
    ["two", { raw }, two],
    ["sum", { one, two }, sum],
  ] as const
).flatMap(([phase, used, made], at) => {
  const inputs = Object.fromEntries(Object.entries(used).map(([name, digest]) => [name, { path: name, digest }]));
  const outputs = { table: { ...samplePhase.outputs.table!, digest: made } };
  const finished = new Date(Date.UTC(2026, 10, 21) + at).toISOString();
  return committedPhase({ manifest: { ...samplePhase, phase, key: null, inputs, outputs, finished }, digest: made });
});

it("shows once what stands in two ways, as deep as it is asked", async () => {
  await using rig = await embeddedRig();
  await rig.gateway.emitMany(diamond);
  const made = (depth: number) => traceMade(rig.gateway, sum, { depth, seen: new Set() });
  const whole = await made(20);
  const [first, second] = whole!.inputs;
  expect(first).toMatchObject({ input: "one", made: { phase: "one", inputs: [{ made: { phase: "raw" } }] } });
  expect(second).toMatchObject({ input: "two", made: { phase: "two", inputs: [{ digest: raw, made: null }] } });
  expect((await made(1))!.inputs.map((each) => each.made)).toEqual([null, null]);
  expect((await made(2))!.inputs.map((each) => each.made?.inputs.map((deeper) => deeper.made))).toEqual([
    [null],
    [null],
  ]);
  const [use] = await traceUses(rig.gateway, raw, { depth: 20, seen: new Set() });
  expect(use).toMatchObject({ phase: "one", outputs: [{ digest: one, uses: [{ phase: "sum" }] }] });
});

it("a use that was taken over from an earlier run is none", async () => {
  await using rig = await embeddedRig();
  const reused = { run: "r0", phase: "load", key: null, manifest: digestOf("e") };
  const uses = [useIn(0), { ...useIn(1), reused }].flatMap((manifest) =>
    committedPhase({ manifest, digest: digestOf("d") }),
  );
  await rig.gateway.emitMany(uses);
  const traced = await traceUses(rig.gateway, notes, { depth: 1, seen: new Set() });
  expect(traced.map(({ run }) => run)).toEqual(["r0"]);
});
