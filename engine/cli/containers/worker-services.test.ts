import "reflect-metadata";
import { fileURLToPath } from "node:url";
import type { Log } from "@orchestrate/sdk";
import { expect, it } from "vitest";
import { workerServices } from "./worker-services.ts";

const chosen = {
  token: "made-up/kept",
  name: "kept",
  module: fileURLToPath(new URL("fixtures/kept-service.js", import.meta.url)),
  options: {},
};

function collecting(lines: string[]): Log {
  const take = (message: string) => void lines.push(message);
  return { debug: take, info: take, warn: take, error: take };
}

it("a service that is kept writes to the log of the attempt that runs, and to no former one", async () => {
  const resolver = workerServices();
  const logs: readonly string[][] = [[], []];
  for (const lines of logs) {
    const scope = await resolver.open([chosen], { own: new Map(), log: collecting(lines) });
    (scope.get("made-up/kept") as { call(): void }).call();
    await scope.close();
  }
  expect(logs).toEqual([["called"], ["called"]]);
});
