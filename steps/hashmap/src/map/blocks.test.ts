import { StepError } from "@orchestrate/sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MapMemory } from "./map-memory.ts";

function newMemory(): MapMemory {
  const memory = new MapMemory({ consider: () => false, swept() {}, stamp() {} });
  memory.code.init(1, 2, 1);
  return memory;
}

interface Block {
  readonly at: number;
  readonly bytes: number;
}

describe("the blocks of a map's memory", () => {
  it("are zero, and never one another's, whatever is given back", () => {
    const steps = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 5000 }), drop: fc.nat(3) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (chosen) => {
        const memory = newMemory();
        const blocks: Block[] = [];
        for (const [step, { bytes, drop }] of chosen.entries()) {
          const at = memory.code.take(bytes);
          if (memory.bytes.subarray(at, at + bytes).some((byte) => byte !== 0)) return false;
          memory.bytes.fill(1 + (step % 255), at, at + bytes);
          blocks.push({ at, bytes });
          for (let dropped = 0; dropped < drop && blocks.length > 0; dropped++) {
            const [block] = blocks.splice((step * 7 + dropped) % blocks.length, 1);
            memory.code.give(block!.at, block!.bytes);
          }
        }
        const sorted = blocks.toSorted((one, other) => one.at - other.at);
        return sorted.every(({ at, bytes }, index) => at + bytes <= (sorted[index + 1]?.at ?? Infinity));
      }),
    );
  });

  it("become one hole again when all are given back, in any order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        (sizes, turn) => {
          const memory = newMemory();
          const blocks = sizes.map((bytes) => ({ at: memory.code.take(bytes), bytes }));
          const end = memory.code.take(64);
          const order = blocks.toSorted((one, other) => ((one.at * 31 + turn) % 97) - ((other.at * 31 + turn) % 97));
          for (const { at, bytes } of order) memory.code.give(at, bytes);
          return memory.code.take(end - blocks[0]!.at) === blocks[0]!.at;
        },
      ),
    );
  });

  it("end at what 32 bits address", () => {
    const memory = newMemory();
    expect(() => memory.code.take(2 ** 32 - 256)).toThrow(StepError);
    expect(() => memory.code.take(2 ** 32 - 256)).toThrow(
      expect.objectContaining({
        code: "map-full",
        category: "policy",
        detail: "The map would need more than 4 GiB of memory, or more than there is.",
        hint: "Give it fewer rows (`limits.maxRows`), or shorter values.",
      }),
    );
    // Nothing was taken.
    expect(memory.code.take(64)).toBeLessThan(65_536);
  });
});
