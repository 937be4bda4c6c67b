import { StepError } from "@orchestrate/sdk";
import type { Predicted, PredictRequest } from "../contract.ts";
import { RequestDirectory } from "./request-directory.ts";
import { runTrainer } from "./run-trainer.ts";
import type { TorchProgram } from "./torch.ts";

/** Runs a model in a Python process. */
export async function predictTorch(request: PredictRequest, program: TorchProgram): Promise<Predicted> {
  using directory = new RequestDirectory();
  directory.writeRequest(request.model, { task: "predict", threads: program.threads, images: ["predict"] });
  directory.writeImages("predict", request.images);
  await runTrainer(request, program, directory, () => {});
  const { tensors } = directory.readTensors("predicted.safetensors");
  const [logits, features] = [tensors.get("logits"), tensors.get("features")];
  if (logits !== undefined && features !== undefined) return { logits: logits.data, features: features.data };
  throw new StepError({
    error: "trainer-failed",
    detail: "The trainer gave no logits or no features.",
    hint: "See the phase's log.",
  });
}
