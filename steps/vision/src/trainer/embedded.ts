import { defineService, z } from "@orchestrate/sdk";
import { Trainer } from "../contract.ts";
import { predictEmbedded } from "./predict-embedded.ts";
import { trainEmbedded } from "./train-embedded.ts";

export default defineService({
  token: Trainer,
  summary: "Trains on the machine's processor, in WebAssembly, without anything to install.",
  options: z.strictObject({
    /** Threads among which each update's images are shared out. Equal numbers give equal bits. */
    threads: z.number().int().min(1).max(64).default(2),
  }),
  create: ({ options: { threads } }): Trainer => ({
    train: (request) => trainEmbedded(request, threads),
    predict: predictEmbedded,
  }),
});
