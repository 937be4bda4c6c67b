import { StepError, z } from "@orchestrate/sdk";
import type { Tensor } from "./tensor.ts";

const Entry = z.strictObject({
  dtype: z.enum(["F32", "F16", "BF16"]),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const Header = z.looseObject({ __metadata__: z.record(z.string(), z.string()).optional() });

/** What such a file holds. */
export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a safetensors file of 32-bit floats, or of 16-bit ones, which are widened.
 *
 * @param name how the file is called in errors.
 * @throws StepError `safetensors-malformed` (invariant) where header, shapes and length do not agree, where bytes
 * belong to no tensor or to two, and where a tensor has another type than F32, F16 or BF16.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): SafetensorsFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw malformed(name, `it has ${bytes.length} bytes, too few for a header`);
  const headerLength = Number(view.getBigUint64(0, true));
  const start = 8 + headerLength;
  if (start > bytes.length)
    throw malformed(name, `its header would be ${headerLength} bytes, the file has ${bytes.length}`);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, start), name);
  const tensors = new Map<string, Tensor>();
  let end = 0;
  for (const [tensor, entry] of inOrder(entries, name)) {
    const [from, to] = entry.data_offsets;
    const length = entry.shape.reduce((product, side) => product * side, 1);
    if (from !== end || to - from !== length * bytesOf[entry.dtype]) {
      throw malformed(name, `tensor "${tensor}" of shape [${entry.shape}] lies at ${from} to ${to}, after ${end}`);
    }
    if (start + to > bytes.length) throw malformed(name, `tensor "${tensor}" ends beyond the file`);
    const data = new Float32Array(length);
    readers[entry.dtype](view, start + from, data);
    tensors.set(tensor, { shape: entry.shape, data });
    end = to;
  }
  if (start + end !== bytes.length)
    throw malformed(name, `${bytes.length - start - end} bytes at its end belong to no tensor`);
  return { tensors, metadata };
}

const bytesOf = { F32: 4, F16: 2, BF16: 2 } as const;

type Reader = (view: DataView, start: number, values: Float32Array) => void;

const readers: Readonly<Record<z.infer<typeof Entry>["dtype"], Reader>> = {
  F32(view, start, values) {
    for (let index = 0; index < values.length; index++) values[index] = view.getFloat32(start + index * 4, true);
  },
  F16(view, start, values) {
    for (let index = 0; index < values.length; index++)
      values[index] = fromHalf(view.getUint16(start + index * 2, true));
  },
  /** bfloat16: the upper half of a binary32. */
  BF16(view, start, values) {
    const bits = new Uint32Array(values.buffer);
    for (let index = 0; index < values.length; index++) bits[index] = view.getUint16(start + index * 2, true) << 16;
  },
};

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function fromHalf(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function parseHeader(bytes: Uint8Array, name: string): z.infer<typeof Header> {
  try {
    return Header.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw malformed(name, "its header is not the JSON of a safetensors file", cause);
  }
}

function inOrder(entries: Readonly<Record<string, unknown>>, name: string): [string, z.infer<typeof Entry>][] {
  const parsed = Object.entries(entries).map(([tensor, entry]): [string, z.infer<typeof Entry>] => {
    const result = Entry.safeParse(entry);
    if (!result.success) throw malformed(name, `the header's entry for "${tensor}" is not that of a tensor of floats`);
    return [tensor, result.data];
  });
  return parsed.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
}

function malformed(name: string, what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "safetensors-malformed",
      category: "invariant",
      detail: `${name} is no valid safetensors file: ${what}.`,
      hint: "Make it anew, or take an undamaged copy.",
    },
    { cause },
  );
}
