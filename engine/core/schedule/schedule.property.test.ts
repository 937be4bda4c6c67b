import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Graph } from "../graph/graph.ts";
import type { Instance } from "../graph/instance.ts";
import { arbitraryPhases } from "../testing/arbitrary-phases.ts";
import { committedAs } from "../testing/committed-as.ts";
import { type End, expectedEnds } from "../testing/expected-ends.ts";
import { graphOf } from "../testing/graph-of.ts";
import { criticalPath } from "./critical-path.ts";
import { Schedule } from "./schedule.ts";

const MACHINE = { slots: 3, cpu: 4, memory: 350, gpu: 0 };
const arbitraryList = fc.option(fc.uniqueArray(fc.constantFrom("x", "y", "z")), { nil: undefined });
/** What chance decides on the way, taken in turn. */
const arbitraryDice = fc.array(fc.nat({ max: 99 }), { minLength: 20, maxLength: 40 });

describe("a run of any pipeline", () => {
  it("ends every instance once, as the whole graph says it must", () => {
    fc.assert(
      fc.property(arbitraryPhases, arbitraryList, arbitraryDice, (phases, list, dice) => {
        const graph = graphOf(phases);
        const succeeds = (id: string) => dice[hash(id) % dice.length]! < 75;
        const seen = drive(graph, list, succeeds, dice);
        expect(named(seen, expectedEnds(graph, list, succeeds))).toEqual(expectedEnds(graph, list, succeeds));
      }),
      { numRuns: 1_000 },
    );
  });

  it("has looked at every phase once a plan of it is done", () => {
    fc.assert(
      fc.property(arbitraryPhases, arbitraryList, arbitraryDice, (phases, list, dice) => {
        const graph = graphOf(phases);
        const schedule = plan(graph, list, (id) => dice[hash(id) % dice.length]! < 75);
        expect(schedule.isDone).toBe(true);
        expect(schedule.skipped.size).toBe(0);
        expect(schedule.next()).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Runs a pipeline, checking at each start what must hold then; gives how everything ended. */
function drive(
  graph: Graph,
  list: readonly string[] | undefined,
  succeeds: (id: string) => boolean,
  dice: readonly number[],
): ReadonlyMap<string, End> {
  const schedule = new Schedule(graph, new Set(graph.phases.keys()), criticalPath(graph, new Map()));
  const ends = new Map<string, End>();
  const running: Instance[] = [];
  for (let turn = 0; !schedule.isDone; turn++) {
    for (const phase of schedule.awaitingList) {
      if (list === undefined) schedule.failList(phase);
      else schedule.expand(phase, list);
    }
    for (const instance of schedule.admit(free(graph, running))) {
      expectReady(graph, schedule, instance);
      expect(ends.has(instance.id) || running.includes(instance)).toBe(false);
      running.push(instance);
    }
    const { slots, cpu, memory } = free(graph, running);
    expect(Math.min(slots, cpu, memory)).toBeGreaterThanOrEqual(0);
    if (running.length === 0) {
      expect(schedule.isDone).toBe(true);
      break;
    }
    const [ended] = running.splice(dice[turn % dice.length]! % running.length, 1);
    ends.set(ended!.id, { type: succeeds(ended!.id) ? "committed" : "failed" });
    schedule.finished(ended!, succeeds(ended!.id) ? committedAs(ended!.id) : { type: "failed" });
  }
  for (const [id, { by }] of schedule.skipped) {
    expect(ends.has(id)).toBe(false);
    ends.set(id, { type: "blocked", by: [by] });
  }
  expect(schedule.next()).toBeUndefined();
  return ends;
}

function free(graph: Graph, running: readonly Instance[]) {
  const taken = running.map(({ phase }) => graph.phases.get(phase)!.resources);
  return {
    slots: MACHINE.slots - running.length,
    cpu: taken.reduce((left, { cpu }) => left - cpu, MACHINE.cpu),
    memory: taken.reduce((left, { memory }) => left - memory, MACHINE.memory),
    gpu: 0,
  };
}

/** Everything an instance needs is committed when it starts. */
function expectReady(graph: Graph, schedule: Schedule, instance: Instance): void {
  for (const input of Object.values(instance.inputs)) {
    if (input.from === "instance") expect(schedule.committed(input.id)).toBeDefined();
    if (input.from !== "gather") continue;
    const outcomes = schedule.instances(input.phase)!.map(({ id }) => schedule.outcome(id)?.type);
    expect(outcomes).not.toContain(undefined);
    if (!graph.phases.get(input.phase)!.phase.partial) expect(outcomes).not.toContain("failed");
  }
  for (const name of graph.phases.get(instance.phase)!.phase.after) {
    for (const { id } of schedule.instances(name)!) expect(schedule.outcome(id)).toBeDefined();
  }
}

/** Where several may be named as what blocks, the one that was named stands for all, if it is one of them. */
function named(seen: ReadonlyMap<string, End>, expected: ReadonlyMap<string, End>): ReadonlyMap<string, End> {
  return new Map(
    [...seen].map(([id, end]) => {
      const wanted = expected.get(id);
      if (end.type !== "blocked" || wanted?.type !== "blocked" || !wanted.by.includes(end.by[0]!)) return [id, end];
      return [id, wanted];
    }),
  );
}

/** Walks through a pipeline as planning does: what is not `reused` is pending, and so is all that comes from it. */
function plan(graph: Graph, list: readonly string[] | undefined, reused: (id: string) => boolean): Schedule {
  const schedule = new Schedule(graph, new Set(graph.phases.keys()), new Map());
  for (let before = -1, looked = 0; before < looked && !schedule.isDone; ) {
    before = looked;
    for (const phase of schedule.awaitingList) {
      looked += 1;
      if (list === undefined || schedule.committed("list") === undefined) schedule.leavePending(phase);
      else schedule.expand(phase, list);
    }
    for (let next = schedule.next(); next !== undefined; next = schedule.next()) {
      looked += 1;
      expect(schedule.outcome(next.id)).toBeUndefined();
      schedule.finished(next, reused(next.id) ? committedAs(next.id) : { type: "pending" });
    }
  }
  return schedule;
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 1_000_003, 7);
}
