import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
