import { defineService, z } from "@orchestrate/sdk";
import { checkService } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import { Trainer } from "../contract.ts";
import embedded from "../trainer/embedded.ts";
import { trainerKit } from "./trainer-kit.ts";

/** What one check of the kit says of the embedded trainer, once `change` has made another of it. */
async function said(name: keyof typeof trainerKit.checks, change: (trainer: Trainer) => Partial<Trainer>) {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const create = async () => {
    const good = await embedded.definition.create({ options: { threads: 1 }, log });
    return { train: good.train.bind(good), predict: good.predict.bind(good), ...change(good) };
  };
  const provider = defineService({ token: Trainer, summary: "Breaks a promise.", options: z.strictObject({}), create });
  const checks = { [name]: trainerKit.checks[name]! };
  const found = await checkService(provider, { kit: { ...trainerKit, checks } });
  return found.at(-1)!.ok ? "it passes" : found.at(-1)!.detail.split("\n")[0];
}

const stops = "stops where val_select no longer gets better, and keeps the best epoch";

describe("trainerKit", () => {
  it("finds a trainer that never stops", async () => {
    const on = (trainer: Trainer): Partial<Trainer> => ({
      train: (request) => trainer.train({ ...request, options: { ...request.options, patience: 100 } }),
    });
    expect(await said(stops, () => ({}))).toBe("it passes");
    expect(await said(stops, on)).toMatch(/^Expected values to be strictly equal/);
  });

  it("finds a trainer that tells of its last epoch in place of the best", async () => {
    const last = (trainer: Trainer): Partial<Trainer> => ({
      train: async (request) => {
        const result = await trainer.train(request);
        return { ...result, best: result.history.at(-1)! };
      },
    });
    expect(await said(stops, last)).toMatch(/^Expected values to be strictly equal/);
  });

  it("finds a trainer that predicts though it should end", async () => {
    const deaf = (trainer: Trainer): Partial<Trainer> => ({
      predict: (request) => trainer.predict({ ...request, signal: new AbortController().signal }),
    });
    expect(await said("ends with the signal's reason", deaf)).toBe("Missing expected rejection.");
  });
});
