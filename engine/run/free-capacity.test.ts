import { describe, expect, it } from "vitest";
import { FreeCapacity } from "./free-capacity.ts";

const demand = { cpu: 2, memory: 100, gpu: 1 };

function capacity(slots: number) {
  return new FreeCapacity({ slots, cpu: 40, memory: 4_000, gpu: 20 });
}

describe("FreeCapacity", () => {
  it("takes what an instance holds, until it ends", () => {
    const free = capacity(2);
    const hold = free.hold(demand);
    expect(free.now).toEqual({ slots: 1, cpu: 38, memory: 3_900, gpu: 19 });
    hold.end();
    expect(free.now).toEqual({ slots: 2, cpu: 40, memory: 4_000, gpu: 20 });
  });

  it("gives it back once nothing is computed any more, and only once", () => {
    const free = capacity(2);
    const hold = free.hold(demand);
    hold.computed();
    hold.computed();
    expect(free.now).toEqual({ slots: 2, cpu: 40, memory: 4_000, gpu: 20 });
    hold.end();
    expect(free.now).toEqual({ slots: 2, cpu: 40, memory: 4_000, gpu: 20 });
  });

  it("lets eight commits wait for the disk beside what is computed, and no more", () => {
    const free = capacity(20);
    const holds = Array.from({ length: 10 }, () => free.hold(demand));
    for (const hold of holds) hold.computed();
    expect(free.now.slots).toBe(18);
    holds[0]!.end();
    holds[9]!.computed();
    expect(free.now.slots).toBe(19);
    for (const hold of holds.slice(1)) hold.end();
    expect(free.now.slots).toBe(20);
  });
});
