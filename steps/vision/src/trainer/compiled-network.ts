import { init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Predicted } from "../contract.ts";
import { type Architecture, patchLength, tokenCount } from "./architecture.ts";
import { layout, type TensorSpec } from "./layout.ts";
import { forward, type Parameters } from "./network.ts";

/**
 * A network compiled for one batch size. Memory is held outside the garbage collector until `dispose`.
 */
export interface CompiledNetwork {
  /** Patches of [batch, tokens, patch values] to logits of [batch, classes] and features of [batch, width]. */
  predict(values: Float32Array, patches: Float32Array<ArrayBuffer>): Promise<Predicted>;
  /**
   * Cross-entropy −Σ targets · log softmax(logits) over the batch, and its gradient for all parameters. Rows of
   * `targets`, [batch, classes], carry their weight: rows of zeros have no part in it.
   */
  lossAndGradient(
    values: Float32Array,
    patches: Float32Array<ArrayBuffer>,
    targets: Float32Array<ArrayBuffer>,
  ): Promise<{ readonly loss: number; readonly gradient: Float32Array }>;
  dispose(): void;
}

/** Compiles a network for WebAssembly; the compilation itself comes with the first call. */
export async function compileNetwork(architecture: Architecture, batch: number): Promise<CompiledNetwork> {
  await init("wasm");
  const specs = layout(architecture);
  const patchShape = [batch, tokenCount(architecture), patchLength(architecture)];
  const run = jit((parameters: Parameters, patches: np.Array) => forward(architecture, parameters, patches));
  const differentiate = jit(
    valueAndGrad((parameters: Parameters, patches: np.Array, targets: np.Array) =>
      lossOf(forward(architecture, parameters, patches), targets),
    ),
  );
  return {
    async predict(values, patches) {
      const [logits, features] = run(upload(specs, values), np.array(patches).reshape(patchShape));
      return { logits: (await logits.data()) as Float32Array, features: (await features.data()) as Float32Array };
    },
    async lossAndGradient(values, patches, targets) {
      const [loss, gradients] = differentiate(
        upload(specs, values),
        np.array(patches).reshape(patchShape),
        np.array(targets).reshape([batch, architecture.classes]),
      );
      return { loss: (await loss.data())[0]!, gradient: await download(specs, gradients) };
    },
    dispose() {
      run.dispose();
      differentiate.dispose();
    },
  };
}

function lossOf([logits, features]: [np.Array, np.Array], targets: np.Array): np.Array {
  features.dispose();
  return np.sum(nn.logSoftmax(logits, -1).mul(targets)).mul(-1);
}

function upload(specs: readonly TensorSpec[], values: Float32Array): Parameters {
  return Object.fromEntries(
    specs.map(({ name, shape, offset, length }) => [
      name,
      np.array(values.slice(offset, offset + length)).reshape([...shape]),
    ]),
  );
}

async function download(specs: readonly TensorSpec[], tensors: Parameters): Promise<Float32Array> {
  const last = specs.at(-1)!;
  const flat = new Float32Array(last.offset + last.length);
  for (const { name, offset } of specs) flat.set((await tensors[name]!.data()) as Float32Array, offset);
  return flat;
}
