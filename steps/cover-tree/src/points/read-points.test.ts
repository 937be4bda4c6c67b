import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, describe, expect, it } from "vitest";
import { encodeNpy } from "../npy/encode-npy.ts";
import { decodeCsv } from "./decode-csv.ts";
import { readPoints } from "./read-points.ts";

const directory = mkdtempSync(join(tmpdir(), "points-"));
afterAll(() => rmSync(directory, { recursive: true }));

const expected = { count: 2, dimension: 3, values: Float64Array.of(1, 2, 3, -4, 0.5, 1e10) };

function place(content: string | Uint8Array): string {
  const path = join(directory, "points");
  writeFileSync(path, content);
  return path;
}

describe("points", () => {
  it.each([
    ["commas", "1,2,3\n-4,0.5,1e10\n"],
    ["names", "x,y,z\n1,2,3\n-4,0.5,1e10"],
    ["semicolons and Windows line ends", "\uFEFF1;2;3\r\n-4;0.5;1e10\r\n\r\n"],
    ["tabs, blanks and quotes", '"1"\t 2\t3\n-4\t0.5 \t"1e10"\n'],
    ["lines of blanks at its end", "1,2,3\n-4,0.5,1e10\n  \n\t\r\n"],
    ["carriage returns alone", "x,y,z\r1,2,3\r-4,.5,1e10\r\r"],
    ["months for names", "2020-01,2020-02,Q1 (all)\n1,2,3\n-4,.5,1e10\n"],
    ["names that hold separators and quotes", '"a,b";"c;d";"e""f"\n1;2;3\n-4;.5;+1.E10\n'],
  ])("are read from text with %s", async (_, text) => {
    expect(await readPoints(place(text), "auto", "points")).toEqual(expected);
  });

  it("are read from a text that is longer than a string can be", () => {
    const text = Buffer.alloc(2 ** 29, "\n");
    text.write("1,2,3\n-4,0.5,1e10");
    expect(decodeCsv(text, "points")).toEqual(expected);
  });

  it("are read from NumPy: float64, float32, whole numbers, Fortran's order, a vector as one column", async () => {
    expect(await readPoints(place(encodeNpy(expected.values, [2, 3])), "auto", "points")).toEqual(expected);
    expect(await readPoints(place(encodeNpy(expected.values, [6])), "npy", "points")).toMatchObject({
      count: 6,
      dimension: 1,
    });
    expect(await readPoints(place(encodeNpy(Int32Array.of(1, 2, 3, 4), [2, 2])), "auto", "points")).toMatchObject({
      values: Float64Array.of(1, 2, 3, 4),
    });
    const turned = Buffer.from(encodeNpy(Float64Array.of(1, -4, 2, 0.5, 3, 1e10), [2, 3]));
    turned.write("True ", turned.indexOf("False"), "latin1");
    expect(await readPoints(place(turned), "auto", "points")).toEqual(expected);
    const single = Buffer.from(encodeNpy(Int32Array.from(new Int32Array(Float32Array.of(0.1, 2).buffer)), [1, 2]));
    single.write("<f4", single.indexOf("<i4"), "latin1");
    expect(await readPoints(place(single), "auto", "points")).toMatchObject({
      values: Float64Array.of(Math.fround(0.1), 2),
    });
  });

  it.each([
    ["<i8", 8, (view: DataView, at: number) => view.setBigInt64(at, -3n, true)],
    [">f8", 8, (view: DataView, at: number) => view.setFloat64(at, -3)],
    [">f4", 4, (view: DataView, at: number) => view.setFloat32(at, -3)],
    ["<f2", 2, (view: DataView, at: number) => view.setUint16(at, 0xc200, true)],
    [">i8", 8, (view: DataView, at: number) => view.setBigInt64(at, -3n)],
    [">i4", 4, (view: DataView, at: number) => view.setInt32(at, -3)],
    ["<i2", 2, (view: DataView, at: number) => view.setInt16(at, -3, true)],
    ["|i1", 1, (view: DataView, at: number) => view.setInt8(at, -3)],
  ])("are read from NumPy of type %s", async (type, width, write) => {
    expect(await readPoints(place(npyOf(type, width, write)), "auto", "points")).toMatchObject({
      values: Float64Array.of(-3),
    });
  });

  it.each([
    ["<u8", 8, 2 ** 60, (view: DataView, at: number) => view.setBigUint64(at, 2n ** 60n, true)],
    [">u4", 4, 2 ** 31, (view: DataView, at: number) => view.setUint32(at, 2 ** 31)],
    [">u2", 2, 65_535, (view: DataView, at: number) => view.setUint16(at, 65_535)],
    ["|b1", 1, 1, (view: DataView, at: number) => view.setUint8(at, 1)],
  ])("are read from NumPy of type %s, without a sign", async (type, width, value, write) => {
    expect(await readPoints(place(npyOf(type, width, write)), "auto", "points")).toMatchObject({
      values: Float64Array.of(value),
    });
  });

  it.each([
    [
      "structured",
      "'<f8'",
      "[('x', '<f8')]",
      "its type is structured; f8, f4, f2, i8, i4, i2, i1, u8, u4, u2, u1, b1 can be read",
    ],
    ["complex", "<f8", "<c8", "its type is <c8; f8, f4, f2, i8, i4, i2, i1, u8, u4, u2, u1, b1 can be read"],
    ["of three dimensions", "(1,)", "(1, 1, 1)", "it has 3 dimensions, not 1 or 2"],
    ["of a later version", "\x01\x00", "\x04\x00", "it is of version 4"],
  ])("from NumPy that are %s are refused", async (_, before, after, what) => {
    const npy = Buffer.from(encodeNpy(Float64Array.of(1), [1])).toString("latin1");
    const header = npy.slice(0, 128).replace(before, after).slice(0, 127);
    const bytes = Buffer.from(header.padEnd(127) + npy.slice(127), "latin1");
    await expect(readPoints(place(bytes), "auto", "points")).rejects.toMatchObject({
      code: "npy-malformed",
      detail: `points is no NumPy file that can be read: ${what}.`,
    });
    const short = bytes.subarray(0, 40);
    if (before !== "\x01\x00") {
      await expect(readPoints(place(short), "auto", "points")).rejects.toMatchObject({
        detail: "points is no NumPy file that can be read: it ends within its header.",
      });
    }
  });

  it("that are whole numbers and would be rounded are refused", async () => {
    const one = 2n ** 53n + 1n;
    const npy = npyOf("<i8", 8, (view, at) => view.setBigInt64(at, one, true));
    await expect(readPoints(place(npy), "auto", "points")).rejects.toMatchObject({
      code: "npy-malformed",
      detail: "points is no NumPy file that can be read: 9007199254740993 at row 0, column 0, is no float64.",
    });
    const parquet = parquetWriteBuffer({ columnData: [{ name: "x", data: [1n, one], type: "INT64" }] });
    await expect(readPoints(place(new Uint8Array(parquet)), "auto", "points")).rejects.toMatchObject({
      code: "parquet-malformed",
      detail: 'points, row 1, column "x", is 9007199254740993, which is no float64.',
    });
  });

  it("in a file that is too large are refused before it is read", async () => {
    const path = place("");
    truncateSync(path, 2 ** 31);
    await expect(readPoints(path, "auto", "points")).rejects.toMatchObject({
      code: "points-too-many",
      detail: "points has 2147483648 bytes, and at most 2147483647 can be read.",
    });
  });

  it("are read from Parquet, whole numbers of 64 bits too", async () => {
    const parquet = (third: readonly unknown[], type: "DOUBLE" | "STRING") =>
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: "x", data: [1n, -4n], type: "INT64" },
            { name: "y", data: [2, 0.5], type: "DOUBLE" },
            { name: "z", data: [...third], type },
          ],
        }),
      );
    expect(await readPoints(place(parquet([3, 1e10], "DOUBLE")), "auto", "points")).toEqual(expected);
    await expect(readPoints(place(parquet(["3", "4"], "STRING")), "auto", "points")).rejects.toMatchObject({
      code: "parquet-malformed",
      detail: 'points, column "z", is UTF8, which is no number.',
    });
  });

  it.each([
    ["GZIP", gzipSync],
    ["BROTLI", brotliCompressSync],
    ["ZSTD", zstdCompressSync],
  ] as const)("are read from Parquet that %s packed", async (codec, compress) => {
    const columnData = [{ name: "x", data: Array.from({ length: 500 }, (_, row) => row / 4), type: "DOUBLE" as const }];
    const bytes = parquetWriteBuffer({ columnData, codec, compressors: { [codec]: compress } });
    expect(await readPoints(place(new Uint8Array(bytes)), "auto", "points")).toEqual({
      count: 500,
      dimension: 1,
      values: Float64Array.from({ length: 500 }, (_, row) => row / 4),
    });
  });

  it("are read from columns of Parquet whatever their names are", async () => {
    const columnData = ["__proto__", "constructor", "1", "0"].map((name, at) => ({
      name,
      data: [at],
      type: "FLOAT" as const,
    }));
    expect(await readPoints(place(new Uint8Array(parquetWriteBuffer({ columnData }))), "auto", "points")).toMatchObject(
      {
        values: Float64Array.of(0, 1, 2, 3),
      },
    );
  });

  it.each([
    [{ data: [1.5, null], type: "DOUBLE" }, 'points, row 1, column "x", is null.'],
    [{ data: [true], type: "BOOLEAN" }, 'points, column "x", is BOOLEAN, which is no number.'],
    [{ data: [new Date(0)], type: "TIMESTAMP" }, 'points, column "x", is TIMESTAMP_MILLIS, which is no number.'],
    [{ data: [[1, 2]], type: "JSON" }, 'points, column "x", is JSON, which is no number.'],
  ] as const)("of %j are refused by their type", async (column, detail) => {
    const columnData = [{ name: "x", nullable: true, ...column, data: [...column.data] }];
    await expect(
      readPoints(place(new Uint8Array(parquetWriteBuffer({ columnData }))), "auto", "points"),
    ).rejects.toMatchObject({ code: "parquet-malformed", detail });
  });

  it.each([
    ["DECIMAL", { type: "INT64", converted_type: "DECIMAL", scale: 2, precision: 18 }],
    ["TIME", { type: "INT64", logical_type: { type: "TIME", isAdjustedToUTC: true, unit: "MICROS" } }],
  ] as const)(
    "that Parquet keeps as whole numbers and calls %s are refused, and not read as such",
    async (type, element) => {
      const schema = [
        { name: "root", num_children: 1 },
        { name: "x", repetition_type: "REQUIRED" as const, ...element },
      ];
      const bytes = parquetWriteBuffer({ columnData: [{ name: "x", data: [110n] }], schema });
      await expect(readPoints(place(new Uint8Array(bytes)), "auto", "points")).rejects.toMatchObject({
        code: "parquet-malformed",
        detail: `points, column "x", is ${type}, which is no number.`,
      });
    },
  );

  it("with two columns of one name, or an index of pandas among them, are refused", async () => {
    const column = (name: string, value: number) => ({ name, data: [value], type: "DOUBLE" as const });
    const twice = parquetWriteBuffer({ columnData: [column("x", 1), column("x", 2)] });
    await expect(readPoints(place(new Uint8Array(twice)), "auto", "points")).rejects.toMatchObject({
      code: "parquet-malformed",
      detail: 'points has two columns of the name "x".',
    });
    const pandas = (index: unknown) =>
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [column("x", 1), column("__index_level_0__", 2)],
          kvMetadata: [{ key: "pandas", value: JSON.stringify({ index_columns: [index] }) }],
        }),
      );
    await expect(readPoints(place(pandas("__index_level_0__")), "auto", "points")).rejects.toMatchObject({
      code: "parquet-malformed",
      detail: 'points, column "__index_level_0__", is the index of a pandas table.',
      hint: "Write it by to_parquet(index=False), after reset_index() where the index is a coordinate.",
    });
    const range = pandas({ kind: "range", name: null, start: 0, stop: 1, step: 1 });
    expect(await readPoints(place(range), "auto", "points")).toMatchObject({ values: Float64Array.of(1, 2) });
  });
});

/** One number of a type. */
function npyOf(type: string, width: number, write: (view: DataView, at: number) => void): Uint8Array {
  const bytes = Buffer.from(encodeNpy(Int32Array.of(0, 0), [1]));
  bytes.write(type, bytes.indexOf("<i4"), "latin1");
  const body = bytes.length - 8;
  write(new DataView(bytes.buffer, bytes.byteOffset), body);
  return bytes.subarray(0, body + width);
}
