import { embed, encode, pool } from "../network/encode.ts";
import { placeTensors } from "../network/tensor-spec.ts";
import { compilePass, type ForwardPass } from "../trainer/forward-pass.ts";
import { type Adaptation, frozenLayout, trainedLayout, withAdapters } from "./adapter.ts";

/** A backbone's features, [rows, width], with its adapters beside its matrices, not in them. */
export function adaptedPass(adaptation: Adaptation, rows: number): Promise<ForwardPass> {
  const { backbone } = adaptation;
  const specs = adaptedLayout(adaptation);
  return compilePass({ architecture: backbone, specs, rows, columns: backbone.width }, (parameters, patches) => {
    const { hidden, "decoder.weight": weight, "decoder.bias": bias, ...rest } = withAdapters(adaptation, parameters);
    for (const unused of [hidden, weight, bias]) unused?.dispose();
    return pool(backbone, encode(backbone, rest, embed(backbone, rest, patches)));
  });
}

/** Frozen tensors, then trained ones, in one flat vector. */
export function adaptedLayout(adaptation: Adaptation) {
  return placeTensors([...frozenLayout(adaptation), ...trainedLayout(adaptation)]);
}
