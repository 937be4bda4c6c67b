import { StepError, type z } from "@orchestrate/sdk";
import type { TensorSpec } from "../network/tensor-spec.ts";
import { checkTensors } from "./check-tensors.ts";
import { decodeSafetensors } from "./decode-safetensors.ts";
import { encodeSafetensors } from "./encode-safetensors.ts";
import type { Tensor } from "./tensor.ts";

/**
 * A kind of safetensors file whose metadata describes its tensors: `format` names it, and the field `what` holds JSON.
 */
export interface DescribedKind<D> {
  /** What it is, also the name of the field and, with `-malformed`, of the error. */
  readonly what: "model" | "backbone";
  readonly format: string;
  readonly description: z.ZodType<D>;
  /** The tensors that a description asks for. */
  layout(description: D): readonly TensorSpec[];
  /** What to do where a file is not of this kind. */
  readonly hint: string;
}

export function encodeDescribed<D>(
  { what, format }: DescribedKind<D>,
  description: D,
  tensors: ReadonlyMap<string, Tensor>,
): Uint8Array {
  return encodeSafetensors(tensors, { format, [what]: JSON.stringify(description) });
}

/**
 * @param name how the file is called in errors.
 * @throws StepError `model-malformed` or `backbone-malformed` (invariant) where the description is missing or the
 * tensors do not fit it, and `safetensors-malformed`.
 */
export function decodeDescribed<D>(
  kind: DescribedKind<D>,
  bytes: Uint8Array,
  name: string,
): { readonly description: D; readonly tensors: ReadonlyMap<string, Tensor> } {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  const { what, format, layout } = kind;
  if (metadata.format !== format) throw malformed(kind, name, `its metadata does not say ${format}`);
  const description = readDescription(kind, metadata[what] ?? "", name);
  const fault = checkTensors(tensors, layout(description));
  if (fault !== undefined) throw malformed(kind, name, fault);
  return { description, tensors };
}

function readDescription<D>(kind: DescribedKind<D>, json: string, name: string): D {
  try {
    return kind.description.parse(JSON.parse(json));
  } catch (cause) {
    throw malformed(kind, name, `its metadata does not describe a ${kind.what}`, cause);
  }
}

function malformed(
  { what, hint }: Pick<DescribedKind<unknown>, "what" | "hint">,
  name: string,
  why: string,
  cause?: unknown,
): StepError {
  const detail = `${name} is not a ${what} of this kind: ${why}.`;
  return new StepError({ error: `${what}-malformed`, category: "invariant", detail, hint }, { cause });
}
