import { StepError } from "@orchestrate/sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors } from "./decode-safetensors.ts";
import { encodeSafetensors } from "./encode-safetensors.ts";
import type { Tensor } from "./tensor.ts";

const tensors = new Map<string, Tensor>([
  ["a", { shape: [2, 1], data: Float32Array.of(1, -2) }],
  ["b", { shape: [], data: Float32Array.of(0.5) }],
]);

/** A file whose header is `header`, followed by `data` zeros. */
function forge(header: string, data: number, length = header.length): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  return bytes;
}

const entry = (from: number, to: number, shape: readonly number[], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

describe("safetensors", () => {
  it("writes the format's own layout", () => {
    const bytes = encodeSafetensors(tensors, { k: "v" });
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + length)).trimEnd()).toBe(
      '{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},' +
        '"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}',
    );
    expect([0, 4, 8].map((at) => view.getFloat32(8 + length + at, true))).toEqual([1, -2, 0.5]);
    expect(bytes).toHaveLength(8 + length + 12);
  });

  it("reads back what it wrote, every bit of it", () => {
    // V8 from 13 on at times reads a key with an escape as another that it has read before (nodejs/node#63785).
    const name = fc
      .string({ minLength: 1 })
      .filter((text) => text !== "__metadata__" && text !== "__proto__" && JSON.stringify(text) === `"${text}"`);
    const data = fc.float32Array({ maxLength: 20 });
    fc.assert(
      fc.property(fc.dictionary(name, data), fc.dictionary(name, fc.string()), (arrays, metadata) => {
        const written = new Map(
          Object.entries(arrays).map(([key, each]) => [key, { shape: [each.length], data: each }]),
        );
        const read = decodeSafetensors(encodeSafetensors(written, metadata), "x");
        expect(read.metadata).toEqual({ ...metadata });
        expect(new Map(read.tensors)).toEqual(written);
      }),
    );
  });

  it("keeps a tensor of any name", () => {
    const names = ["__proto__", "constructor", "2", "1", "e\u0301", "~"];
    const written = new Map(
      names.map((name, at): [string, Tensor] => [name, { shape: [], data: Float32Array.of(at) }]),
    );
    const bytes = encodeSafetensors(written, {});
    const header = new TextDecoder().decode(bytes.subarray(8, bytes.length - names.length * 4));
    expect(header.match(/data_offsets/g)).toHaveLength(names.length);
    // As a name that came from a file `__proto__` is refused: it would be a prototype wherever it is handed on.
    written.delete("__proto__");
    const read = decodeSafetensors(encodeSafetensors(written, {}), "x");
    expect(new Map(read.tensors)).toEqual(written);
    expect(() => decodeSafetensors(bytes, "x")).toThrow("x is no valid safetensors file");
  });

  it.each([
    ["F16", [0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x8000], [1, -2, 2 ** -24, 65504, Infinity, -0]],
    ["BF16", [0x3f80, 0xc000, 0x4049, 0x7f80, 0x8000], [1, -2, 3.140625, Infinity, -0]],
  ])("widens %s", (dtype, bits, values) => {
    const bytes = forge(JSON.stringify({ a: entry(0, bits.length * 2, [bits.length], dtype) }), bits.length * 2);
    const view = new DataView(bytes.buffer);
    for (const [index, each] of bits.entries()) view.setUint16(bytes.length - (bits.length - index) * 2, each, true);
    expect([...decodeSafetensors(bytes, "x").tensors.get("a")!.data]).toEqual(values);
  });

  it("reads tensors that lie in another order than their names", () => {
    const header = JSON.stringify({ b: entry(4, 8, [1]), a: entry(0, 4, [1]) });
    expect([...decodeSafetensors(forge(header, 8), "x").tensors.keys()]).toEqual(["a", "b"]);
  });

  it.each([
    ["too short a file", new Uint8Array(5), "it has 5 bytes, too few for a header"],
    ["a header beyond its end", forge("{}", 0, 100), "its header would be 100 bytes, the file has 10"],
    ["a header of another format", forge("[1]", 0), "its header is not the JSON of a safetensors file"],
    [
      "another type",
      forge(JSON.stringify({ a: entry(0, 8, [1], "I64") }), 8),
      `entry for "a" is not that of a tensor of floats`,
    ],
    ["a hole", forge(JSON.stringify({ a: entry(4, 8, [1]) }), 8), `tensor "a" of shape [1] lies at 4 to 8, after 0`],
    ["an overlap", forge(JSON.stringify({ a: entry(0, 8, [2]), b: entry(4, 8, [1]) }), 8), "lies at 4 to 8, after 8"],
    ["a shape that needs other bytes", forge(JSON.stringify({ a: entry(0, 8, [3]) }), 8), 'tensor "a" of shape [3]'],
    ["data that is cut off", forge(JSON.stringify({ a: entry(0, 8, [2]) }), 4), `tensor "a" ends beyond the file`],
    ["a length of 2^53", forge("{}", 0, 2 ** 53), "its header would be 9007199254740992 bytes, the file has 10"],
    [
      "a shape whose product is beyond all numbers",
      forge(JSON.stringify({ a: entry(0, 8, Array(30).fill(2 ** 52)) }), 8),
      "lies at 0 to 8, after 0",
    ],
    [
      "an end before the start",
      forge(JSON.stringify({ a: entry(0, 8, [2]), b: entry(8, 4, [1]) }), 8),
      'tensor "b" of shape [1] lies at 8 to 4, after 8',
    ],
    [
      "offsets that are no whole numbers",
      forge('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4.5]}}', 4),
      `entry for "a" is not that of a tensor of floats`,
    ],
    [
      "a name that stands twice",
      forge(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        8,
      ),
      'tensor "a" of shape [1] lies at 4 to 8, after 0',
    ],
    ["bytes too many", forge(JSON.stringify({ a: entry(0, 4, [1]) }), 6), "2 bytes at its end belong to no tensor"],
  ])("refuses %s", (_, bytes, detail) => {
    let error: unknown;
    try {
      decodeSafetensors(bytes, "model.safetensors");
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(StepError);
    const envelope = (error as StepError).toEnvelope();
    expect(envelope).toMatchObject({ error: "safetensors-malformed", category: "invariant" });
    expect(envelope.detail).toContain("model.safetensors is no valid safetensors file: ");
    expect(envelope.detail).toContain(detail);
  });
});
