import { expect, it } from "vitest";
import { type Outcome, summarize } from "./outcome.ts";

it.each<[outcomes: readonly Outcome["type"][], whole: Outcome["type"], partial: Outcome["type"]]>([
  [[], "committed", "committed"],
  [["committed", "committed"], "committed", "committed"],
  [["committed", "pending"], "pending", "pending"],
  [["failed", "committed"], "failed", "committed"],
  [["failed", "pending"], "failed", "pending"],
  [["failed", "failed"], "failed", "failed"],
])("instances that ended as %j make their phase %s, and %s where it is partial", (outcomes, whole, partial) => {
  expect(summarize(outcomes, { partial: false })).toBe(whole);
  expect(summarize(outcomes, { partial: true })).toBe(partial);
});
