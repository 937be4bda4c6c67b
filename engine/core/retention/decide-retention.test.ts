import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideRetention } from "./decide-retention.ts";
import type { RunFacts } from "./run-facts.ts";

function facts(run: string, change: Partial<RunFacts> = {}): RunFacts {
  return {
    run,
    pipeline: "p",
    state: null,
    standing: "succeeded",
    begunEffects: [],
    pinned: [],
    carried: [],
    results: new Map(),
    published: [],
    ...change,
  };
}

function decide(keep: number, ...runs: readonly RunFacts[]) {
  const { kept, dispensable } = decideRetention(runs, keep);
  return { kept: Object.fromEntries(kept), dispensable };
}

const recent = { reason: "recent" };

describe("which runs stay", () => {
  it("keeps the newest of each pipeline and state", () => {
    expect(
      decide(1, facts("e"), facts("d", { state: "s" }), facts("c", { pipeline: "q" }), facts("b"), facts("a")),
    ).toEqual({ kept: { e: recent, d: recent, c: recent }, dispensable: ["b", "a"] });
  });

  it("keeps what an engine drives, and what can't be read, beside them", () => {
    expect(
      decide(1, facts("d", { standing: "running" }), facts("c"), facts("b"), facts("a", { standing: "unreadable" })),
    ).toEqual({ kept: { d: { reason: "running" }, a: { reason: "unreadable" } }, dispensable: ["c", "b"] });
  });

  it("takes none that can't be read for one of the newest", () => {
    const unreadable = facts("c", { standing: "unreadable", carried: ["load"], published: ["bundle"] });
    expect(decide(1, unreadable, facts("b"), facts("a"))).toEqual({
      kept: { c: { reason: "unreadable" }, b: recent },
      dispensable: ["a"],
    });
  });

  it("names every phase for whose sake a run stays", () => {
    const results = new Map([
      ["load", "2026-11-24"],
      ["model", "2026-11-24"],
    ]);
    expect(decide(0, facts("a", { carried: ["load", "model"], results })).kept).toEqual({
      a: { reason: "newest-result", phases: ["load", "model"] },
    });
    expect(decide(0, facts("a", { published: ["bundle", "table"] })).kept).toEqual({
      a: { reason: "published", phases: ["bundle", "table"] },
    });
  });

  it("keeps a run that began to change something outside", () => {
    const begun = facts("a", { standing: "unfinished", begunEffects: ["load"] });
    expect(decide(0, facts("b"), begun)).toEqual({
      kept: { a: { reason: "effect-begun", phases: ["load"] } },
      dispensable: ["b"],
    });
  });

  it("keeps the newest result that a later run reads, complete or not", () => {
    const holding = (run: string, standing: RunFacts["standing"], results: Readonly<Record<string, string>>) =>
      facts(run, { standing, carried: ["load", "model"], results: new Map(Object.entries(results)) });
    expect(
      decide(
        1,
        facts("e", { standing: "unfinished" }),
        holding("d", "unfinished", { load: "2026-11-24" }),
        holding("c", "succeeded", { load: "2026-11-25", model: "2026-11-23" }),
        holding("b", "unfinished", { model: "2026-11-26" }),
        holding("a", "succeeded", { load: "2026-11-21", model: "2026-11-21" }),
      ),
    ).toEqual({
      kept: {
        e: recent,
        c: { reason: "newest-result", phases: ["load"] },
        b: { reason: "newest-result", phases: ["model"] },
      },
      dispensable: ["d", "a"],
    });
  });

  it("keeps the newest run that holds what stands where it is published", () => {
    const publishing = { published: ["bundle"] };
    expect(decide(1, facts("d"), facts("c", publishing), facts("b", publishing), facts("a"))).toEqual({
      kept: { d: recent, c: { reason: "published", phases: ["bundle"] } },
      dispensable: ["b", "a"],
    });
    expect(decide(1, facts("b", publishing), facts("a", publishing)).kept).toEqual({ b: recent });
  });

  it("asks no later run what an earlier one carried on", () => {
    const newer = facts("b", { results: new Map([["load", "2"]]) });
    const older = facts("a", { carried: ["load"], results: new Map([["load", "1"]]) });
    expect(decide(0, newer, older).kept).toEqual({ b: { reason: "newest-result", phases: ["load"] } });
  });

  it("keeps what an unfinished run was pinned to, and what that was pinned to", () => {
    expect(
      decide(
        1,
        facts("d", { standing: "unfinished", pinned: ["c", "gone"] }),
        facts("c", { standing: "unfinished", pinned: ["b"] }),
        facts("b", { pinned: ["a"] }),
        facts("a"),
      ),
    ).toEqual({
      kept: { d: recent, c: { reason: "pinned", by: "d" }, b: { reason: "pinned", by: "c" } },
      dispensable: ["a"],
    });
  });

  it("keeps what several are pinned to, beside one that has succeeded and one that is gone", () => {
    const begun = { standing: "unfinished", begunEffects: ["load"] } as const;
    expect(
      decide(
        1,
        facts("e", { pinned: ["a"] }),
        facts("d", { ...begun, pinned: ["gone", "e", "c", "b"] }),
        facts("c"),
        facts("b"),
        facts("a"),
      ),
    ).toMatchObject({
      kept: { e: recent, c: { reason: "pinned", by: "d" }, b: { reason: "pinned", by: "d" } },
      dispensable: ["a"],
    });
  });

  it("keeps the first of two results that are equally new", () => {
    const holding = { carried: ["load"], results: new Map([["load", "2026-11-24"]]) };
    expect(decide(0, facts("b", holding), facts("a", holding)).dispensable).toEqual(["a"]);
  });

  it("tells of every run, in the order given, and keeps no fewer where more are to be kept", () => {
    const run = fc.record({
      pipeline: fc.constantFrom("p", "q"),
      standing: fc.constantFrom("succeeded", "unfinished", "running", "unreadable"),
      carried: fc.subarray(["x", "y"]),
      results: fc.dictionary(fc.constantFrom("x", "y"), fc.constantFrom("1", "2", "3")),
      published: fc.subarray(["x", "y"]),
      pinned: fc.array(fc.constantFrom("0", "1", "2", "3"), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), fc.nat(4), (made, keep) => {
        const runs = made.map(({ results, ...change }, at) =>
          facts(String(at), { ...change, results: new Map(Object.entries(results)) }),
        );
        const { kept, dispensable } = decideRetention(runs, keep);
        const names = runs.map(({ run }) => run);
        expect([...kept.keys()]).toEqual(names.filter((name) => !dispensable.includes(name)));
        expect(dispensable).toEqual(names.filter((name) => !kept.has(name)));
        const more = decideRetention(runs, keep + 1).kept;
        for (const name of kept.keys()) expect(more.has(name)).toBe(true);
      }),
    );
  });
});
