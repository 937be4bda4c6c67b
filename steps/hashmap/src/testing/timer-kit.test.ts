import { defineService, z } from "@orchestrate/sdk";
import { describeConformance } from "@orchestrate/sdk/testing";
import { expect, it } from "vitest";
import { Timer } from "../contract.ts";
import monotonic from "../replay/monotonic.ts";
import { timerKit } from "./timer-kit.ts";

it("the machine's clock passes the kit of timers", () => describeConformance(monotonic, { kit: timerKit }));

it.each<[what: string, now: () => () => number, fails: string]>([
  ["stands still", () => () => 7, "goes on"],
  [
    "runs backwards",
    () =>
      (
        (time) => () =>
          --time
      )(0),
    "never runs backwards",
  ],
  ["tells no number", () => () => Number.NaN, "tells a number"],
])("a timer that %s does not pass it", async (_, start, fails) => {
  const options = z.strictObject({});
  const create = () => ({ now: start() });
  const wrong = defineService({ token: Timer, summary: "A wrong clock.", options, create });
  await expect(describeConformance(wrong, { kit: timerKit })).rejects.toThrow(`hashmap/timer: ${fails}`);
});

it("a timer of whole milliseconds passes it", async () => {
  const options = z.strictObject({});
  const coarse = defineService({
    token: Timer,
    summary: "Coarse.",
    options,
    create: () => ({ now: () => Date.now() }),
  });
  await describeConformance(coarse, { kit: timerKit });
});
