import { init, jit, numpy as np } from "@jax-js/jax";
import { type Architecture, type BackboneArchitecture, patchCount, viewLength } from "../network/architecture.ts";
import { classify } from "../network/classification.ts";
import { embed, encode, pool } from "../network/encode.ts";
import { backboneLayout, layout } from "../network/layout.ts";
import type { Parameters } from "../network/operations.ts";
import type { TensorSpec } from "../network/tensor-spec.ts";
import { upload } from "./gradient-source.ts";

/** A network compiled for one batch size. Memory is held outside the garbage collector until `close`. */
export interface ForwardPass {
  readonly rows: number;
  /** Values of each row of its answer. */
  readonly columns: number;
  /** Views of patches [rows, patches, view values] to [rows, columns]. */
  run(values: Float32Array, views: Float32Array<ArrayBuffer>): Promise<Float32Array>;
  close(): void;
}

/** A classifier's logits, and behind them in each row the features that they are made from: [rows, classes + width]. */
export function classifierPass(architecture: Architecture, rows: number): Promise<ForwardPass> {
  const columns = architecture.classes + architecture.width;
  return compilePass({ architecture, specs: layout(architecture), rows, columns }, (parameters, views) =>
    np.concatenate(classify(architecture, parameters, views), 1),
  );
}

/** A backbone's features, [rows, width]. */
export function featurePass(backbone: BackboneArchitecture, rows: number): Promise<ForwardPass> {
  const columns = backbone.width;
  return compilePass({ architecture: backbone, specs: backboneLayout(backbone), rows, columns }, (parameters, views) =>
    pool(backbone, encode(backbone, parameters, embed(backbone, parameters, views))),
  );
}

/** Compiles `answer`, which consumes its arguments. */
export async function compilePass(
  shape: {
    readonly architecture: BackboneArchitecture;
    readonly specs: readonly TensorSpec[];
    readonly rows: number;
    readonly columns: number;
  },
  answer: (parameters: Parameters, views: np.Array) => np.Array,
): Promise<ForwardPass> {
  await init("wasm");
  const { architecture, specs, rows, columns } = shape;
  const viewShape = [rows, patchCount(architecture), viewLength(architecture)];
  const run = jit(answer);
  return {
    rows,
    columns,
    run: async (values, views) =>
      run(upload(specs, values), np.array(views, { shape: viewShape })).dataSync() as Float32Array,
    close: () => run.dispose(),
  };
}
