import { defineService, z } from "@orchestrate/sdk";
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
export type TorchOptions = z.infer<typeof Options>;

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
  create: ({ options }): Trainer => ({
    train: (request) => trainTorch(request, options),
    predict: (request) => predictTorch(request, options),
  }),
  check: ({ options: { python } }) => checkTorch(python),
});
