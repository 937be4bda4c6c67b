import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, describe, expect, it } from "vitest";
import { encodeNpy } from "../npy/encode-npy.ts";
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
    ["names that hold separators and quotes", '"a,b";"c;d";"e""f"\n1;2;3\n-4;.5;+1.E10\n'],
  ])("are read from text with %s", async (_, text) => {
    expect(await readPoints(place(text), "auto", "points")).toEqual(expected);
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
      detail: 'points, row 0, column "z", is string, which is no number.',
    });
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
