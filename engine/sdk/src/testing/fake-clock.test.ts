import { describe, expect, it } from "vitest";
import { FakeClock } from "./fake-clock.ts";

describe("FakeClock", () => {
  it("tells how long something took by a clock that begins at 0", async () => {
    const clock = new FakeClock({ now: 1000 });
    expect(clock.monotonic()).toBe(0);
    await clock.sleep(0.5);
    clock.advance(2);
    expect(clock.monotonic()).toBe(2.5);
  });

  it("lets sleeps take no time", async () => {
    const clock = new FakeClock({ now: 1000 });
    await clock.sleep(86_400_000);
    expect(clock.now()).toBe(86_401_000);
  });

  it("holds sleeps until it is moved on, and wakes them in order", async () => {
    const clock = new FakeClock({ now: 0, sleeps: "held" });
    const woken: string[] = [];
    const sleeps = [
      clock.sleep(20).then(() => woken.push("late")),
      clock.sleep(10).then(() => woken.push("early")),
      clock.sleep(30).then(() => woken.push("last")),
    ];
    clock.advance(25);
    await Promise.all(sleeps.slice(0, 2));
    expect(woken).toEqual(["early", "late"]);
    expect(clock.waiting).toBe(1);
    clock.advance(5);
    await sleeps[2];
    expect(clock.waiting).toBe(0);
  });

  it("rejects with the reason of an abort", async () => {
    const controller = new AbortController();
    const clock = new FakeClock({ sleeps: "held" });
    const sleep = clock.sleep(10, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    expect(clock.waiting).toBe(0);
    await expect(clock.sleep(10, controller.signal)).rejects.toThrow("enough");
  });
});
