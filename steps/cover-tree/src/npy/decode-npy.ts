import { StepError } from "@orchestrate/sdk";
import type { PointSet } from "../points/point-set.ts";

/** By kind and bytes of one, as NumPy writes them after the order of the bytes. */
const READ = {
  f8: (view: DataView, at: number, little: boolean) => view.getFloat64(at, little),
  f4: (view: DataView, at: number, little: boolean) => view.getFloat32(at, little),
  f2: (view: DataView, at: number, little: boolean) => view.getFloat16(at, little),
  i8: (view: DataView, at: number, little: boolean) => view.getBigInt64(at, little),
  i4: (view: DataView, at: number, little: boolean) => view.getInt32(at, little),
  i2: (view: DataView, at: number, little: boolean) => view.getInt16(at, little),
  i1: (view: DataView, at: number) => view.getInt8(at),
  u8: (view: DataView, at: number, little: boolean) => view.getBigUint64(at, little),
  u4: (view: DataView, at: number, little: boolean) => view.getUint32(at, little),
  u2: (view: DataView, at: number, little: boolean) => view.getUint16(at, little),
  u1: (view: DataView, at: number) => view.getUint8(at),
  b1: (view: DataView, at: number) => view.getUint8(at),
} as const;

/**
 * Reads a NumPy file of one or two dimensions; a vector is one column.
 *
 * @param name how the file is called in errors.
 * @throws StepError `npy-malformed` (input).
 */
export function decodeNpy(bytes: Uint8Array, name: string): PointSet {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString("latin1", 0, 6) !== "\x93NUMPY") throw malformed(name, "it does not begin as one does");
  const version = buffer[6] ?? 0;
  if (version > 3) throw malformed(name, `it is of version ${version}`);
  const wide = version > 1;
  const start = wide ? 12 : 10;
  if (buffer.length < start) throw malformed(name, "it ends within its header");
  const end = start + (wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8));
  if (buffer.length < end) throw malformed(name, "it ends within its header");
  const header = buffer.toString("latin1", start, end);
  const [, type = "structured", order, number = ""] = /'descr':\s*'(([<>|=]?)([^']*))'/.exec(header) ?? [];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]?.match(/\d+/g)?.map(Number) ?? [];
  if (!isReadable(number)) throw malformed(name, `its type is ${type}; ${Object.keys(READ).join(", ")} can be read`);
  if (shape.length !== 1 && shape.length !== 2) throw malformed(name, `it has ${shape.length} dimensions, not 1 or 2`);
  const [rows = 0, columns = 1] = shape;
  const read = READ[number];
  const width = Number(number.slice(1));
  if (buffer.length - end !== rows * columns * width) {
    throw malformed(
      name,
      `${buffer.length - end} bytes follow the header, and ${rows} × ${columns} numbers take ${rows * columns * width}`,
    );
  }
  const view = new DataView(buffer.buffer, buffer.byteOffset + end);
  const isFortran = /'fortran_order':\s*True/.test(header);
  const values = new Float64Array(rows * columns);
  for (let index = 0; index < values.length; index++) {
    const place = isFortran ? (index % rows) * columns + Math.floor(index / rows) : index;
    const value = read(view, index * width, order !== ">");
    values[place] = Number(value);
    if (typeof value === "bigint" && BigInt(values[place]!) !== value) {
      throw malformed(name, `${value} at row ${Math.floor(place / columns)}, column ${place % columns}, is no float64`);
    }
  }
  return { count: rows, dimension: columns, values };
}

function isReadable(type: string): type is keyof typeof READ {
  return Object.hasOwn(READ, type);
}

function malformed(name: string, what: string): StepError {
  return new StepError({
    error: "npy-malformed",
    category: "input",
    detail: `${name} is no NumPy file that can be read: ${what}.`,
    hint: "Write it with numpy.save, as a matrix of float64 with one row for each point.",
  });
}
