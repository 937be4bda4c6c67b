import { defineService, type Log, z } from "@orchestrate/sdk";
import { Trainer } from "../contract.ts";
import { checkTorch } from "./check-torch.ts";
import { predictTorch } from "./predict-torch.ts";
import { trainTorch } from "./train-torch.ts";

const Options = z.strictObject({
  /** The interpreter that has torch: a program on PATH, or its full path. */
  python: z.string().min(1).default("python3"),
  /** Threads on a processor; with more than one, equal requests may give other bits. */
  threads: z.number().int().min(1).max(256).default(1),
});

/** The program that trains, and where its lines for people go. */
export interface TorchProgram extends z.infer<typeof Options> {
  readonly log: Log;
}

export default defineService({
  token: Trainer,
  summary: "Trains with PyTorch in a Python process, on a GPU where there is one.",
  options: Options,
  code: [
    "python/trainer.py",
    "python/network.py",
    "python/augment.py",
    "python/optimizer.py",
    "python/selection.py",
    "python/safetensors.py",
  ],
  create: ({ options, log }): Trainer => ({
    train: (request) => trainTorch(request, { ...options, log }),
    predict: (request) => predictTorch(request, { ...options, log }),
  }),
  check: ({ options: { python } }) => checkTorch(python),
});
