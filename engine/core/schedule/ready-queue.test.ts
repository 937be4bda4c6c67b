import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PriorityQueue } from "./priority-queue.ts";
import { type Demand, ReadyQueue } from "./ready-queue.ts";

const machine = { slots: 8, cpu: 4, memory: 1_000, gpu: 1 };
const one: Demand = { cpu: 1, memory: 0, gpu: 0 };

type Entry = readonly [name: string, demand: Partial<Demand>, priority?: number];

function queueOf(...entries: readonly Entry[]): ReadyQueue<string> {
  const queue = new ReadyQueue<string>();
  for (const [name, demand, priority] of entries) queue.push(name, { ...one, ...demand }, priority ?? 0);
  return queue;
}

describe("what may start", () => {
  it.each<[name: string, entries: readonly Entry[], free: Partial<typeof machine>, admitted: string[]]>([
    [
      "all that fits",
      [
        ["a", {}],
        ["b", {}],
      ],
      {},
      ["a", "b"],
    ],
    [
      "the highest priority first",
      [
        ["a", {}, 1],
        ["b", {}, 3],
        ["c", {}, 2],
      ],
      { slots: 2 },
      ["b", "c"],
    ],
    [
      "of equal ones the first",
      [
        ["a", {}],
        ["b", { cpu: 2 }],
        ["c", {}],
      ],
      { slots: 2 },
      ["a", "b"],
    ],
    [
      "as many parts of a core as make it up",
      Array.from({ length: 21 }, (_, index) => [`a${index}`, { cpu: 0.1 }] as const),
      { slots: 32, cpu: 2 },
      Array.from({ length: 20 }, (_, index) => `a${index}`),
    ],
    [
      "three thirds of an accelerator",
      [
        ["a", { gpu: 1 / 3 }],
        ["b", { gpu: 1 / 3 }],
        ["c", { gpu: 1 / 3 }],
        ["d", { gpu: 1 / 3 }],
      ],
      {},
      ["a", "b", "c"],
    ],
    ["nothing without a slot", [["a", {}]], { slots: 0 }, []],
    [
      "no more than the cores",
      [
        ["a", { cpu: 3 }],
        ["b", { cpu: 1 }],
        ["c", { cpu: 1 }],
      ],
      {},
      ["a", "b"],
    ],
    [
      "nothing small before what lacks cores",
      [
        ["big", { cpu: 4 }, 1],
        ["small", {}],
      ],
      { cpu: 3 },
      [],
    ],
    [
      "nothing that uses memory before what lacks it",
      [
        ["big", { memory: 900 }, 1],
        ["small", { memory: 1 }],
        ["none", {}],
      ],
      { memory: 800 },
      ["none"],
    ],
    [
      "nothing that uses the accelerator before what lacks it",
      [
        ["a", { gpu: 1 }, 1],
        ["b", { gpu: 1 }],
        ["c", {}],
      ],
      {},
      ["a", "c"],
    ],
    [
      "what takes no core even where none is free",
      [
        ["a", { cpu: 2 }, 1],
        ["b", { cpu: 0 }],
      ],
      { cpu: 1 },
      ["b"],
    ],
  ])("%s", (_, entries, free, admitted) => {
    expect(queueOf(...entries).admit({ ...machine, ...free })).toEqual(admitted);
  });

  it("keeps the order of what it held back", () => {
    const queue = queueOf(["big", { cpu: 4 }], ["b", {}], ["c", {}]);
    expect(queue.admit({ ...machine, cpu: 3 })).toEqual([]);
    expect(queue.admit(machine)).toEqual(["big"]);
    expect([queue.take(), queue.take(), queue.take()]).toEqual(["b", "c", undefined]);
  });

  it("lets a big one start after a bounded number of small ones, whatever comes after it", () => {
    const queue = queueOf(["s1", {}], ["s2", {}], ["big", { cpu: 4 }]);
    const running = [...queue.admit({ ...machine, cpu: 2 })];
    for (let turn = 0; turn < 10 && !running.includes("big"); turn++) {
      queue.push(`later ${turn}`, one, 0);
      running.shift();
      running.push(...queue.admit({ ...machine, cpu: 4 - running.length }));
    }
    expect(running).toEqual(["big"]);
  });
});

describe("a priority queue", () => {
  it("gives everything back in order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const queue = new PriorityQueue<number>((a, b) => a < b);
        for (const number of numbers) queue.push(number);
        expect(queue.size).toBe(numbers.length);
        expect(queue.peek()).toBe(numbers.length === 0 ? undefined : Math.min(...numbers));
        expect(numbers.map(() => queue.pop())).toEqual(numbers.toSorted((a, b) => a - b));
        expect(queue.pop()).toBeUndefined();
      }),
    );
  });
});
