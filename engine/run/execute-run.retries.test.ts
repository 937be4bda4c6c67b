import { describe, expect, it } from "vitest";
import { RunRig } from "./fixtures/run-rig.ts";
import type { Clock } from "./ports/clock.ts";

const error = { error: "step-threw", category: "failed", detail: "It threw.", hint: "Look." } as const;
const crashed = { type: "failed", error } as const;
const twice = { retry: { attempts: 2, delay: "1h" } };

/** A clock on which whoever sleeps does so until the test wakes it; chance gives a half. */
class HeldClock implements Clock {
  readonly slept: number[] = [];
  readonly #sleepers: PromiseWithResolvers<void>[] = [];
  #fallenAsleep = Promise.withResolvers<void>();

  now(): number {
    return 0;
  }

  random(): number {
    return 0.5;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const sleeper = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => sleeper.reject(signal.reason));
    this.slept.push(ms);
    this.#sleepers.push(sleeper);
    this.#fallenAsleep.resolve();
    return sleeper.promise;
  }

  /** Settles once somebody sleeps. */
  async asleep(): Promise<void> {
    await this.#fallenAsleep.promise;
  }

  async wake(): Promise<void> {
    await this.asleep();
    this.#fallenAsleep = Promise.withResolvers<void>();
    this.#sleepers.shift()!.resolve();
  }
}

describe("an attempt that failed", () => {
  it("is followed by others, each after a longer wait, until there are no more", async () => {
    using rig = new RunRig({ a: { retry: { attempts: 3, delay: "1s" } } });
    const clock = new HeldClock();
    const driven = rig.drive({}, { clock });
    for (const number of [1, 2]) {
      const attempt = await rig.attempt();
      expect(attempt.order.number).toBe(number);
      attempt.end(crashed);
      await clock.wake();
    }
    (await rig.attempt()).end(crashed);

    expect((await driven).failures).toEqual([{ id: "a", phase: "a", key: null, item: undefined, error }]);
    expect(clock.slept).toEqual([750, 1_500]);
    const at = { phase: "a", key: null };
    expect(rig.events.filter(({ type }) => type !== "attempt-started")).toEqual([
      { type: "attempt-failed", ...at, attempt: 1, error, retry_in_ms: 750 },
      { type: "attempt-failed", ...at, attempt: 2, error, retry_in_ms: 1_500 },
      { type: "attempt-failed", ...at, attempt: 3, error, retry_in_ms: null },
      { type: "phase-failed", ...at, item: undefined, error },
    ]);
  });

  it("does not fail its phase where the next one succeeds", async () => {
    using rig = new RunRig({ a: twice, b: { after: ["a"], outputs: { b: "b.txt" } } });
    const clock = new HeldClock();
    const driven = rig.drive({}, { clock });
    (await rig.attempt()).end(crashed);
    await clock.wake();
    (await rig.attempt()).complete();
    (await rig.attempt()).complete();
    const { outcome, committed } = await driven;
    expect(outcome).toBe("succeeded");
    expect(committed.get("a")?.manifest.attempt).toBe(2);
  });

  it("holds nothing of the machine while its phase waits", async () => {
    using rig = new RunRig({ a: twice, b: { outputs: { b: "b.txt" } } });
    const clock = new HeldClock();
    const driven = rig.drive({ capacity: { slots: 1, cpu: 1, memory: 0, gpu: 0 } }, { clock });
    (await rig.attempt()).end(crashed);
    const other = await rig.attempt();
    expect(other.order.phaseDirectory).toBe(`${rig.directory}/phases/b`);
    other.complete();
    await clock.wake();
    (await rig.attempt()).complete();
    expect((await driven).outcome).toBe("succeeded");
  });

  it.each(["failed", "io"] as const)("is followed by another after an error of the kind %s", async (category) => {
    using rig = new RunRig({ a: twice });
    const clock = new HeldClock();
    const driven = rig.drive({}, { clock });
    (await rig.attempt()).end({ type: "failed", error: { ...error, category } });
    await clock.wake();
    (await rig.attempt()).complete();
    expect((await driven).outcome).toBe("succeeded");
  });

  it.each(["input", "policy", "invariant"] as const)("is the last after one of the kind %s", async (category) => {
    using rig = new RunRig({ a: twice });
    const driven = rig.drive();
    (await rig.attempt()).end({ type: "failed", error: { ...error, category } });
    expect((await driven).outcome).toBe("failed");
    expect(rig.sleeping).toEqual([]);
  });

  it("is the last where the run comes to stop", async () => {
    using rig = new RunRig({ a: { outputs: { a: "a.txt" } }, b: { outputs: { b: "b.txt" }, ...twice } });
    const driven = rig.drive();
    const [first, second] = [await rig.attempt(), await rig.attempt()];
    first.end(crashed);
    second.end(crashed);
    expect((await driven).failures.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(rig.sleeping).toEqual([]);
  });

  it("leaves its phase unfinished where the run is interrupted before the next one", async () => {
    using rig = new RunRig({ a: twice });
    const clock = new HeldClock();
    const driven = rig.drive({}, { clock });
    (await rig.attempt()).end(crashed);
    await clock.asleep();
    rig.interrupt.abort();
    expect(await driven).toMatchObject({ outcome: "interrupted", failures: [] });
    expect(rig.events.map(({ type }) => type)).toEqual(["attempt-started", "attempt-failed"]);
  });

  it("is told with key and item", async () => {
    using rig = new RunRig({ fan: { each: [{ n: 1 }], key: "n${item.n}" } });
    const driven = rig.drive();
    (await rig.attempt()).end(crashed);
    const told = { phase: "fan", key: "n1", item: { n: 1 }, error };
    expect((await driven).failures).toEqual([{ id: "fan[n1]", ...told }]);
    expect(rig.events.at(-1)).toEqual({ type: "phase-failed", ...told });
  });
});
