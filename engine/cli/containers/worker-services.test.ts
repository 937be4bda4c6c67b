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

function numbered(number: number): typeof chosen {
  const module = fileURLToPath(new URL("fixtures/numbered-service.js", import.meta.url));
  return { token: `made-up/numbered-${number}`, name: "numbered", module, options: { number } };
}

it("one service that can't be disposed of keeps no other from it, and its error is told", async () => {
  const lines: string[] = [];
  const scope = await workerServices().open([1, 2, 3].map(numbered), { own: new Map(), log: collecting(lines) });
  await expect(scope.close()).rejects.toThrow("2 can't be disposed of");
  expect(lines).toEqual(["disposed of 3", "disposed of 2", "disposed of 1"]);
});

it("services that were made before one that can't be are disposed of", async () => {
  const lines: string[] = [];
  const opening = workerServices().open([1, 3, 4].map(numbered), { own: new Map(), log: collecting(lines) });
  await expect(opening).rejects.toThrow("4 can not be made");
  expect(lines).toEqual(["disposed of 3", "disposed of 1"]);
});
