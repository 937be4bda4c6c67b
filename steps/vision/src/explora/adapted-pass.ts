import { embed, encode, pool } from "../network/encode.ts";
import { parameter } from "../network/operations.ts";
import { placeTensors } from "../network/tensor-spec.ts";
import { decoderShapes } from "../pretrain/masked-layout.ts";
import { compilePass, type ForwardPass } from "../trainer/forward-pass.ts";
import { type Adaptation, frozenLayout, trainedLayout, withAdapters } from "./adapter.ts";

/** A backbone's features, [rows, width], with its adapters beside its matrices, not in them. */
export function adaptedPass(adaptation: Adaptation, rows: number): Promise<ForwardPass> {
  const { backbone } = adaptation;
  const specs = adaptedLayout(adaptation);
  return compilePass({ architecture: backbone, specs, rows, columns: backbone.width }, (parameters, views) => {
    const all = withAdapters(adaptation, parameters);
    for (const { name } of decoderShapes(backbone)) parameter(all, name).dispose();
    return pool(backbone, encode(backbone, all, embed(backbone, all, views)));
  });
}

/** Frozen tensors, then trained ones, in one flat vector. */
export function adaptedLayout(adaptation: Adaptation) {
  return placeTensors([...frozenLayout(adaptation), ...trainedLayout(adaptation)]);
}
