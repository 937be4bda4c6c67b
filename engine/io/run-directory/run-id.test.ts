import { describe, expect, it } from "vitest";
import { RUN_ID, runId } from "./run-id.ts";

describe("the name of a run", () => {
  it("says when it was made", () => {
    expect(runId(Date.UTC(2026, 10, 21, 20, 42, 35, 725), () => 0.5)).toBe("20261121T204235Z-k5ii");
  });

  it.each([0, 1, 35, 36, 999])("is well-formed at millisecond %d", (millisecond) => {
    for (const chance of [0, 0.999]) expect(runId(millisecond, () => chance)).toMatch(RUN_ID);
  });

  it("sorts by time, to the millisecond, whatever chance gives", () => {
    const times = [0, 1, 9, 10, 35, 36, 37, 360, 999, 1000, 1001, 60_000];
    const chances = [0.99, 0];
    const names = times.map((time, at) => runId(time, () => chances[at % 2]!));
    expect(names.toSorted()).toEqual(names);
  });
});
