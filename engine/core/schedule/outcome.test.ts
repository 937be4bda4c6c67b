import { expect, it } from "vitest";
import { type Outcome, type PhaseEnd, phaseEnd } from "./outcome.ts";

it.each<[outcomes: readonly Outcome["type"][], whole: PhaseEnd, partial: PhaseEnd]>([
  [[], "well", "well"],
  [["committed", "committed"], "well", "well"],
  [["committed", "pending"], "well", "well"],
  [["failed", "committed"], "failed", "well"],
  [["failed", "pending"], "failed", "well"],
  [["failed", "failed"], "failed", "failed"],
])("of instances that ended as %j: %s, and %s where the phase is partial", (outcomes, whole, partial) => {
  expect(phaseEnd(outcomes, { partial: false })).toBe(whole);
  expect(phaseEnd(outcomes, { partial: true })).toBe(partial);
});
