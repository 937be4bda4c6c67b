import { expect, it } from "vitest";
import { MapOptions } from "../map/map-options.ts";
import { compareRuns } from "./comparison.ts";
import type { Measurement } from "./measure-map.ts";

const compared = (...candidate: number[]) => {
  const runs = (times: readonly number[]) => ({ options: MapOptions.parse({}), runs: times.map(measured) });
  return compareRuns(runs(candidate.map(() => 100)), runs(candidate), 0.95);
};

it("says which map is faster by the pairs that differ, and nothing where most do not", () => {
  expect(compared(90, 91, 92, 93, 94, 95)).toMatchObject({ verdict: "faster", test: { p: 2 / 64 } });
  expect(compared(110, 111, 112, 113, 114, 115)).toMatchObject({ verdict: "slower", test: { p: 2 / 64 } });
  const mostlyEqual = compared(...Array<number>(20).fill(100), 90, 91, 92, 93, 94, 95);
  expect(mostlyEqual).toMatchObject({ verdict: "no-difference-shown", ratio: { estimate: 1 }, test: { p: 2 / 64 } });
});

function measured(nsPerOp: number): Measurement {
  const counts = { operations: 1, memoryBytes: 1, entries: 1, probesMean: 1, migrations: 0, compactions: 0 };
  return { ...counts, nsPerOp, p50: nsPerOp, p99: nsPerOp, max: nsPerOp };
}
