import { defineService, z } from "@orchestrate/sdk";
import { Trainer } from "../contract.ts";
import { predictEmbedded } from "./predict-embedded.ts";
import { trainEmbedded } from "./train-embedded.ts";

export default defineService({
  token: Trainer,
  summary: "Trains in the worker's own process, in WebAssembly on one core, without anything to install.",
  options: z.strictObject({}),
  create: (): Trainer => ({ train: trainEmbedded, predict: predictEmbedded }),
});
