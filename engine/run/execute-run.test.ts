import { rmSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { RunRig } from "./fixtures/run-rig.ts";

const crashed = {
  type: "failed",
  error: { error: "step-threw", category: "failed", detail: "It threw.", hint: "Look." },
} as const;

describe("a run of phases that take parts of a core", () => {
  it("starts what takes the whole machine once they have ended", async () => {
    using rig = new RunRig({
      a: { resources: { cpu: 0.2 } },
      b: { resources: { cpu: 0.4 }, with: { other: true } },
      c: { resources: { cpu: 2 }, after: ["a", "b"], with: { last: true } },
    });
    const driven = rig.drive({ capacity: { slots: 8, cpu: 2, memory: 0, gpu: 0 } });
    const [a, b] = [await rig.attempt(), await rig.attempt()];
    b.complete();
    while (!rig.events.some(({ type }) => type === "phase-committed")) await turn();
    a.complete();
    (await rig.attempt()).complete();
    expect((await driven).outcome).toBe("succeeded");
  });
});

describe("a run with equal phases", () => {
  it("computes one of them, and the others reuse it", async () => {
    using rig = new RunRig({ a: {}, b: {}, c: {} });
    const driven = rig.drive();
    (await rig.attempt()).complete();
    const { outcome, committed } = await driven;
    expect(outcome).toBe("succeeded");
    expect(rig.unasked).toBe(0);
    expect([...committed.values()].filter(({ manifest }) => manifest.reused === null)).toHaveLength(1);
  });

  it("tells how long the one took, and from where the other was taken", async () => {
    using rig = new RunRig({ a: {}, b: {} });
    const clock = { ...rig.scope().ports.clock, now: () => rig.events.length * 1000 };
    const driven = rig.drive({}, { clock });
    (await rig.attempt()).complete();
    await driven;
    const told = rig.events.flatMap((event) => (event.type === "phase-committed" ? [event] : []));
    expect(told.map(({ phase, reason, from }) => [phase, reason, from])).toEqual([
      ["a", "computed", undefined],
      ["b", "reused", "run"],
    ]);
    expect(told[0]!.duration_ms).toBeGreaterThan(0);
    expect(told[0]!.duration_ms % 1000).toBe(0);
    expect(told[1]!.duration_ms).toBe(0);
  });

  it("lets one other compute where the first fails", async () => {
    using rig = new RunRig({ a: {}, b: {}, c: {} });
    const driven = rig.drive({ onFailure: "keep-going" });
    (await rig.attempt()).end(crashed);
    (await rig.attempt()).complete();
    const { outcome, failures, committed } = await driven;
    expect(outcome).toBe("failed");
    expect(failures.map(({ id }) => id)).toEqual(["a"]);
    expect([...committed.keys()].sort()).toEqual(["b", "c"]);
    expect(rig.unasked).toBe(0);
  });

  it("computes them side by side where they are not to be reused", async () => {
    using rig = new RunRig({ a: { cache: false }, b: { cache: false } });
    const driven = rig.drive();
    const attempts = [await rig.attempt(), await rig.attempt()];
    for (const attempt of attempts) attempt.complete();
    const { committed } = await driven;
    expect([...committed.values()].map(({ manifest }) => manifest.reused)).toEqual([null, null]);
  });

  it("computes what was to be reused where that is removed meanwhile", async () => {
    using rig = new RunRig({ a: {}, b: {} });
    const materialise = async ({ directory }: { readonly directory: string }) => {
      rmSync(`${directory}/manifest.json`);
      return "copied" as const;
    };
    const driven = rig.drive({}, { files: { materialise } });
    (await rig.attempt()).complete();
    (await rig.attempt()).complete();
    const { outcome, committed } = await driven;
    expect(outcome).toBe("succeeded");
    expect(committed.get("b")?.manifest).toMatchObject({ reused: null, attempt: 2 });
  });

  it("starts none of the others once a failure has stopped it", async () => {
    using rig = new RunRig({ a: {}, b: {} });
    const driven = rig.drive();
    (await rig.attempt()).end(crashed);
    expect((await driven).outcome).toBe("failed");
    expect(rig.events.filter(({ type }) => type === "attempt-started")).toHaveLength(1);
  });

  it("starts none of the others once it is interrupted", async () => {
    using rig = new RunRig({ a: {}, b: {} });
    const driven = rig.drive();
    await rig.attempt();
    rig.interrupt.abort();
    expect((await driven).outcome).toBe("interrupted");
    expect(rig.events.filter(({ type }) => type === "attempt-started")).toHaveLength(1);
  });
});

describe("a run that comes to stop", () => {
  const list = { outputs: { items: "items.json" } };
  const listed = { each: "list.items", key: "${item}" };
  const [before, after] = [{ outputs: { b: "b.txt" } }, { outputs: { a: "a.txt" }, after: ["before"] }];
  const stops = [
    ["fails", (refuse: (error: Error) => void) => refuse(new Error("no list"))],
    ["is read as the run is interrupted", (_refuse: (error: Error) => void, rig: RunRig) => rig.interrupt.abort()],
  ] as const;

  it.each(stops)("starts nothing more where a list %s, whatever has become ready meanwhile", async (_what, stop) => {
    using rig = new RunRig({ list, listed, before, after });
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    const asked = Promise.withResolvers<void>();
    const readJson = () => {
      asked.resolve();
      return promise;
    };
    const driven = rig.drive({}, { files: { readJson } });
    (await rig.attempt()).complete();
    await asked.promise;
    (await rig.attempt()).complete();
    while (rig.events.filter(({ type }) => type === "phase-committed").length < 2) await turn();
    stop(reject, rig);
    resolve([]);
    await driven;
    expect(rig.events.filter(({ type }) => type === "attempt-started")).toHaveLength(2);
    expect(rig.unasked).toBe(0);
  });

  it("starts nothing that was still being looked up", async () => {
    using rig = new RunRig({ a: before, b: { outputs: { b: "c.txt" } } });
    const lookedUp = Promise.withResolvers<undefined>();
    const answers = [undefined, lookedUp.promise];
    const records = { find: () => answers.shift(), committed: () => {}, linked: () => {}, holding: () => undefined };
    const driven = rig.drive({}, { records });
    (await rig.attempt()).end(crashed);
    while (!rig.events.some(({ type }) => type === "phase-failed")) await turn();
    lookedUp.resolve(undefined);
    expect((await driven).failures.map(({ id }) => id)).toEqual(["a"]);
    expect(rig.events.filter(({ type }) => type === "attempt-started")).toHaveLength(1);
    expect(rig.unasked).toBe(0);
  });
});

describe("a durable run", () => {
  it("starts the next phase while a commit waits for the disk", async () => {
    const outputs = (name: string) => ({ outputs: { [name]: `${name}.txt` } });
    using rig = new RunRig({ a: outputs("a"), b: outputs("b"), c: outputs("c") }, "strict");
    const driven = rig.drive({ capacity: { slots: 2, cpu: 2, memory: 1_000, gpu: 0 } });
    const [first, second] = [await rig.attempt(), await rig.attempt()];
    first.complete();
    const third = await rig.attempt();
    expect(rig.events.map(({ type }) => type)).not.toContain("phase-committed");
    second.complete();
    third.complete();
    expect((await driven).outcome).toBe("succeeded");
  });

  it("starts the next phase while one that is reused waits for the disk", async () => {
    using rig = new RunRig({ a: {}, b: {}, c: { outputs: { c: "c.txt" } } }, "strict");
    const driven = rig.drive({ capacity: { slots: 1, cpu: 1, memory: 1_000, gpu: 0 } });
    (await rig.attempt()).complete();
    const last = await rig.attempt();
    expect(rig.events.filter(({ type }) => type === "phase-committed")).toHaveLength(1);
    last.complete();
    expect((await driven).outcome).toBe("succeeded");
  });

  it("counts what is computed after all as computing, where what was to be reused is gone", async () => {
    using rig = new RunRig({ a: {}, b: {}, c: { outputs: { c: "c.txt" } } }, "strict");
    const materialise = async ({ directory }: { readonly directory: string }) => {
      rmSync(`${directory}/manifest.json`);
      return "copied" as const;
    };
    const driven = rig.drive({ capacity: { slots: 1, cpu: 1, memory: 1_000, gpu: 0 } }, { files: { materialise } });
    (await rig.attempt()).complete();
    const again = await rig.attempt();
    expect(again.order.phaseDirectory).toBe(`${rig.directory}/phases/b`);
    // Whatever could start has started after a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(rig.unasked).toBe(0);
    again.complete();
    (await rig.attempt()).complete();
    await driven;
  });
});

describe("a run in which one phase waits to be tried again", () => {
  it("does not wait for it once another failure has stopped the run", async () => {
    using rig = new RunRig({
      a: { outputs: { a: "a.txt" }, retry: { attempts: 2, delay: "1h" } },
      b: { outputs: { b: "b.txt" } },
    });
    const driven = rig.drive();
    const [first, second] = [await rig.attempt(), await rig.attempt()];
    first.end(crashed);
    second.end(crashed);
    expect((await driven).failures.map(({ id }) => id)).toEqual(["b"]);
    expect(rig.sleeping.map(({ aborted }) => aborted)).toEqual([true]);
  });
});
