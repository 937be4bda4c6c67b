/** Types of numbers that are written. */
const TYPES = [
  { of: Float64Array, name: "<f8" },
  { of: Int32Array, name: "<i4" },
] as const;

/** A NumPy file, version 1.0, C order (numpy.lib.format). */
export function encodeNpy(array: Float64Array | Int32Array, shape: readonly number[]): Uint8Array {
  const type = TYPES.find(({ of }) => array instanceof of)!.name;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const header = Buffer.alloc(length, " ");
  header.write("\x93NUMPY\x01\x00", "latin1");
  header.writeUInt16LE(length - 10, 8);
  header.write(dictionary, 10, "latin1");
  header.write("\n", length - 1);
  return Buffer.concat([header, new Uint8Array(array.buffer, array.byteOffset, array.byteLength)]);
}
