import { StepError } from "@orchestrate/sdk";

/** A matrix of numbers, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

const READ = {
  "<f8": { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) },
  "<f4": { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) },
  "<i8": { bytes: 8, read: (view: DataView, at: number) => Number(view.getBigInt64(at, true)) },
  "<i4": { bytes: 4, read: (view: DataView, at: number) => view.getInt32(at, true) },
  "|u1": { bytes: 1, read: (view: DataView, at: number) => view.getUint8(at) },
} as const;

/**
 * Reads a NumPy file of one or two dimensions; a vector is one column.
 *
 * @param name how the file is called in errors.
 * @throws StepError `npy-malformed` (input).
 */
export function decodeNpy(bytes: Uint8Array, name: string): Matrix {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString("latin1", 0, 6) !== "\x93NUMPY") throw malformed(name, "it does not begin as one does");
  const wide = buffer[6]! > 1;
  const start = wide ? 12 : 10;
  if (buffer.length < start) throw malformed(name, "it ends within its header");
  const end = start + (wide ? buffer.readUInt32LE(8) : buffer.readUInt16LE(8));
  const header = buffer.toString("latin1", start, end);
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? "none";
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]?.match(/\d+/g)?.map(Number) ?? [];
  if (!isReadable(type)) throw malformed(name, `its type is ${type}; ${Object.keys(READ).join(", ")} can be read`);
  if (shape.length !== 1 && shape.length !== 2) throw malformed(name, `it has ${shape.length} dimensions, not 1 or 2`);
  const [rows = 0, columns = 1] = shape;
  const { bytes: width, read } = READ[type];
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
    values[place] = read(view, index * width);
  }
  return { rows, columns, values };
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
