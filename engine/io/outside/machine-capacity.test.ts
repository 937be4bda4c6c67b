import { availableParallelism, totalmem } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";
import { machineCapacity } from "./machine-capacity.ts";

afterEach(() => vi.restoreAllMocks());

const whole = Math.floor(totalmem() / 2 ** 20);

describe("machineCapacity", () => {
  it.each([
    ["a control group's, where that is less", 512 * 2 ** 20, 512],
    ["the machine's, where nothing limits it", 2 ** 64, whole],
    ["the machine's, where it is not known", 0, whole],
  ])("takes for memory %s", (_title, allowed, memory) => {
    vi.spyOn(process, "constrainedMemory").mockReturnValue(allowed);
    expect(machineCapacity(null).memory).toBe(memory);
  });

  it("has a core for each attempt at once, and all that there are", () => {
    const cores = availableParallelism();
    expect(machineCapacity(null)).toMatchObject({ slots: cores, cpu: cores });
    expect(machineCapacity(1)).toMatchObject({ slots: 1, cpu: cores });
    expect(machineCapacity(cores + 3)).toMatchObject({ slots: cores + 3, cpu: cores + 3 });
  });
});
