import { describe, expect, it } from "vitest";
import { withAncestors } from "../graph/graph.ts";
import type { Instance } from "../graph/instance.ts";
import { committedAs } from "../testing/committed-as.ts";
import { graphOf } from "../testing/graph-of.ts";
import { issuesOf } from "../testing/issues-of.ts";
import { criticalPath } from "./critical-path.ts";
import { Schedule } from "./schedule.ts";

const each = { each: ["a", "b"], key: "${item}" };
const list = { outputs: { items: "items.json" } };
const dynamic = { each: "list.items", key: "${item}" };

function scheduleOf(phases: Readonly<Record<string, object>>, names = Object.keys(phases)): Schedule {
  const graph = graphOf(phases);
  return new Schedule(graph, withAncestors(graph, names), criticalPath(graph, new Map()));
}

/** All that is ready, by id. */
function ready(schedule: Schedule): ReadonlyMap<string, Instance> {
  const found = new Map<string, Instance>();
  for (let next = schedule.next(); next !== undefined; next = schedule.next()) found.set(next.id, next);
  return found;
}

function commit(schedule: Schedule, instance: Instance | undefined): void {
  schedule.finished(instance!, committedAs(instance!.id));
}

describe("a schedule", () => {
  it("of nothing is done", () => {
    expect(scheduleOf({ a: {} }, []).isDone).toBe(true);
  });

  it("goes on when what a phase waits for is committed", () => {
    const schedule = scheduleOf({ a: {}, b: {}, c: { inputs: { x: "a.log" }, after: ["b"] } });
    const first = ready(schedule);
    expect([...first.keys()]).toEqual(["a", "b"]);
    commit(schedule, first.get("a"));
    expect(ready(schedule).size).toBe(0);
    commit(schedule, first.get("b"));
    const second = ready(schedule);
    expect([...second.keys()]).toEqual(["c"]);
    expect(schedule.isDone).toBe(false);
    commit(schedule, second.get("c"));
    expect(schedule.isDone).toBe(true);
    expect(schedule.committed("c")).toEqual(committedAs("c").committed);
    expect(schedule.committed("d")).toBeUndefined();
  });

  it("takes only the phases that are selected", () => {
    const schedule = scheduleOf({ a: {}, b: { after: ["a"] }, c: { after: ["a"] } }, ["b"]);
    commit(schedule, ready(schedule).get("a"));
    expect([...ready(schedule).keys()]).toEqual(["b"]);
  });

  it("passes over what is not selected where a phase fails, and where a fan-out goes on", () => {
    const phases = {
      a: {},
      b: { after: ["a"] },
      p: each,
      c: { ...each, inputs: { x: "p.log" } },
      last: { after: ["b", "p"] },
    };
    const schedule = scheduleOf(phases, ["b", "p"]);
    const first = ready(schedule);
    schedule.finished(first.get("a")!, { type: "failed" });
    commit(schedule, first.get("p[a]"));
    commit(schedule, first.get("p[b]"));
    expect(ready(schedule).size).toBe(0);
    expect([...schedule.skipped.keys()]).toEqual(["b"]);
    expect(schedule.isDone).toBe(true);
  });

  it("starts what the most time depends on first", () => {
    const graph = graphOf({ short: {}, long: {}, after: { after: ["long"] } });
    const schedule = new Schedule(graph, withAncestors(graph, ["short", "after"]), criticalPath(graph, new Map()));
    expect(schedule.admit({ slots: 1, cpu: 8, memory: 0, gpu: 0 }).map(({ id }) => id)).toEqual(["long"]);
  });

  it("admits again what was put back", () => {
    const schedule = scheduleOf({ a: {} });
    const instance = schedule.next()!;
    schedule.putBack(instance);
    expect(schedule.next()).toBe(instance);
  });

  it("names what blocks each phase", () => {
    const schedule = scheduleOf({ a: {}, b: { after: ["a"] }, c: { after: ["b"] }, free: {} });
    schedule.finished(ready(schedule).get("a")!, { type: "failed" });
    expect([...schedule.skipped]).toEqual([
      ["b", { reason: "blocked", by: "a" }],
      ["c", { reason: "blocked", by: "b" }],
    ]);
    expect(schedule.isDone).toBe(false);
  });
});

describe("fan-outs of one list", () => {
  it("go on key by key", () => {
    const schedule = scheduleOf({ p: each, c: { ...each, inputs: { x: "p.log" } } });
    const first = ready(schedule);
    expect([...first.keys()]).toEqual(["p[a]", "p[b]"]);
    commit(schedule, first.get("p[a]"));
    expect([...ready(schedule).keys()]).toEqual(["c[a]"]);
    expect(schedule.outcome("p[b]")).toBeUndefined();
  });

  it("block only what has the key that failed", () => {
    const schedule = scheduleOf({
      p: each,
      c: { ...each, inputs: { x: "p.log" } },
      d: { ...each, inputs: { x: "c.log" } },
      all: { inputs: { x: "d[*].log" } },
    });
    const first = ready(schedule);
    schedule.finished(first.get("p[b]")!, { type: "failed" });
    commit(schedule, first.get("p[a]"));
    commit(schedule, ready(schedule).get("c[a]"));
    commit(schedule, ready(schedule).get("d[a]"));
    expect([...schedule.skipped]).toEqual([
      ["c[b]", { reason: "blocked", by: "p[b]" }],
      ["d[b]", { reason: "blocked", by: "c[b]" }],
      ["all", { reason: "blocked", by: "d" }],
    ]);
    expect(schedule.isDone).toBe(true);
  });

  it("wait for every phase they are wired to", () => {
    const schedule = scheduleOf({ p: each, q: each, c: { ...each, inputs: { x: "p.log", y: "q.log" } } });
    const first = ready(schedule);
    commit(schedule, first.get("p[a]"));
    commit(schedule, first.get("q[b]"));
    expect(ready(schedule).size).toBe(0);
    commit(schedule, first.get("q[a]"));
    expect([...ready(schedule).keys()]).toEqual(["c[a]"]);
  });

  it.each([
    ["which ends well", committedAs("p[a]")],
    ["which fails as well", { type: "failed" } as const],
  ])("are blocked by the first that fails, whatever becomes of another one: %s", (_, other) => {
    const schedule = scheduleOf({ p: each, q: each, c: { ...each, inputs: { x: "p.log", y: "q.log" } } });
    const first = ready(schedule);
    schedule.finished(first.get("q[a]")!, { type: "failed" });
    expect([...schedule.skipped]).toEqual([["c[a]", { reason: "blocked", by: "q[a]" }]]);
    schedule.finished(first.get("p[a]")!, other);
    expect(ready(schedule).size).toBe(0);
    commit(schedule, first.get("p[b]"));
    commit(schedule, first.get("q[b]"));
    expect(schedule.isDone).toBe(false);
    commit(schedule, ready(schedule).get("c[b]"));
    expect([...schedule.skipped]).toEqual([["c[a]", { reason: "blocked", by: "q[a]" }]]);
    expect(schedule.isDone).toBe(true);
  });

  it("are gathered, once all are committed, in the order of the list", () => {
    const schedule = scheduleOf({ p: each, all: { inputs: { x: "p[*].log" } } });
    const first = ready(schedule);
    commit(schedule, first.get("p[b]"));
    expect(ready(schedule).size).toBe(0);
    commit(schedule, first.get("p[a]"));
    expect([...ready(schedule).keys()]).toEqual(["all"]);
    expect(schedule.instances("p")!.map(({ id }) => id)).toEqual(["p[a]", "p[b]"]);
  });

  it.each([
    ["the rest is gathered where the phase allows it", { partial: true }, ["a"], ["all"]],
    ["one blocks the gather otherwise", {}, ["a"], []],
    ["nothing is gathered where all fail", { partial: true }, ["a", "b"], []],
  ])("fail: %s", (_, fields, failing, next) => {
    const schedule = scheduleOf({ p: { ...each, ...fields }, all: { inputs: { x: "p[*].log" } } });
    for (const [id, instance] of ready(schedule)) {
      const fails = failing.some((key) => id === `p[${key}]`);
      schedule.finished(instance, fails ? { type: "failed" } : committedAs(id));
    }
    expect([...ready(schedule).keys()]).toEqual(next);
  });

  it("of an empty list are done at once", () => {
    const schedule = scheduleOf({
      p: { each: [] },
      c: { each: [], inputs: { x: "p.log" } },
      all: { inputs: { x: "c[*].log" } },
    });
    const first = ready(schedule);
    expect([...first.keys()]).toEqual(["all"]);
    commit(schedule, first.get("all"));
    expect(schedule.isDone).toBe(true);
  });
});

describe("a fan-out over a list that a phase writes", () => {
  const phases = { list, p: dynamic, c: { ...dynamic, inputs: { x: "p.log" } }, all: { inputs: { x: "c[*].log" } } };

  function listed(): Schedule {
    const schedule = scheduleOf(phases);
    expect([...schedule.awaitingList]).toEqual([]);
    commit(schedule, ready(schedule).get("list"));
    expect([...schedule.awaitingList]).toEqual(["p"]);
    expect(schedule.instances("p")).toBeUndefined();
    return schedule;
  }

  it("goes on once the list is given", () => {
    const schedule = listed();
    expect(schedule.expand("p", ["x", "y"]).map(({ id }) => id)).toEqual(["p[x]", "p[y]"]);
    expect([...schedule.awaitingList]).toEqual(["c"]);
    schedule.expand("c", ["x", "y"]);
    expect([...schedule.awaitingList]).toEqual([]);
    const first = ready(schedule);
    expect([...first.keys()]).toEqual(["p[x]", "p[y]"]);
    commit(schedule, first.get("p[y]"));
    expect([...ready(schedule).keys()]).toEqual(["c[y]"]);
  });

  it("gathers nothing from an empty list", () => {
    const schedule = listed();
    schedule.expand("p", []);
    schedule.expand("c", []);
    expect([...ready(schedule).keys()]).toEqual(["all"]);
  });

  it("fails as a whole where the list can't be used", () => {
    const schedule = listed();
    expect(issuesOf(() => schedule.expand("p", ["x", "x"]))[0]).toBe(
      'pipeline phases.p.key: items 0 and 1 have the same key "x".',
    );
    expect([...schedule.awaitingList]).toEqual(["p"]);
    schedule.failList("p");
    expect([...schedule.skipped]).toEqual([
      ["c", { reason: "blocked", by: "p" }],
      ["all", { reason: "blocked", by: "c" }],
    ]);
    expect(schedule.isDone).toBe(true);
  });

  it("is pending with all that is matched by key where a plan can't know the list", () => {
    const schedule = scheduleOf(phases);
    schedule.finished(ready(schedule).get("list")!, { type: "pending" });
    expect([...schedule.awaitingList]).toEqual(["p"]);
    schedule.leavePending("p");
    expect([...schedule.awaitingList]).toEqual(["c"]);
    schedule.leavePending("c");
    expect([...schedule.awaitingList]).toEqual([]);
    const last = ready(schedule);
    expect([...last.keys()]).toEqual(["all"]);
    schedule.finished(last.get("all")!, { type: "pending" });
    expect(schedule.isDone).toBe(true);
  });
});

describe("a chain of 10,000 phases", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `p${index}`);
  const chain = (fields: (before: string | undefined) => object) =>
    scheduleOf(Object.fromEntries(names.map((name, index) => [name, fields(names[index - 1])])));

  it("is worked off from end to end", () => {
    const schedule = chain((before) => ({ after: before === undefined ? [] : [before] }));
    for (let next = schedule.next(); next !== undefined; next = schedule.next()) commit(schedule, next);
    expect(schedule.isDone).toBe(true);
  });

  it.each([
    ["is blocked by the first", (before: string) => ({ after: [before] }), "p9999", "p9998"],
    ["is blocked by key", (before: string) => ({ ...each, inputs: { x: `${before}.log` } }), "p9999[a]", "p9998[a]"],
  ])("%s", (_, fields, last, by) => {
    const isKeyed = last.endsWith("]");
    const schedule = chain((before) => (before === undefined ? (isKeyed ? each : {}) : fields(before)));
    for (const instance of ready(schedule).values()) schedule.finished(instance, { type: "failed" });
    expect(schedule.skipped.get(last)).toEqual({ reason: "blocked", by });
    expect(schedule.isDone).toBe(true);
  });

  it("is done at once where every list is empty", () => {
    expect(chain((before) => ({ each: [], after: before === undefined ? [] : [before] })).isDone).toBe(true);
  });
});

describe("the critical path", () => {
  it("is the longest time to the end of the run, by earlier durations, a second where there is none", () => {
    const graph = graphOf({ a: {}, b: { after: ["a"] }, c: { after: ["a"] }, d: { after: ["b", "c"] } });
    expect(
      [
        ...criticalPath(
          graph,
          new Map([
            ["b", 50],
            ["c", 5_000],
            ["d", 10],
          ]),
        ),
      ].toSorted(),
    ).toEqual([
      ["a", 6_010],
      ["b", 60],
      ["c", 5_010],
      ["d", 10],
    ]);
  });
});
