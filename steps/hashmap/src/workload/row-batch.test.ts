import { describe, expect, it } from "vitest";
import { DELETE, GET, PUT, RowBatch } from "./row-batch.ts";

/** Takes the rows of a text, behind which the bytes of another one stand, as those of a piece that was read before. */
function take(text: string, limits = { rows: 1024, keyBytes: 1024 }) {
  const bytes = Buffer.from(`${text},stale,1\nput,stale,1\n`);
  const batch = new RowBatch(bytes.length);
  batch.bytes.set(bytes);
  const next = batch.takePlainRows(0, Buffer.byteLength(text), limits);
  const fields = (starts: Int32Array, ends: Int32Array) =>
    Array.from({ length: batch.count }, (_, row) => bytes.toString("utf8", starts[row], ends[row]));
  return {
    operations: [...batch.operations.subarray(0, batch.count)],
    keys: fields(batch.keyStarts, batch.keyEnds),
    values: fields(batch.valueStarts, batch.valueEnds),
    left: bytes.toString("utf8", next, Buffer.byteLength(text)),
  };
}

describe("plain rows", () => {
  it("are taken with all their fields", () => {
    expect(take("put,sea,blue\nGET,a b#,\ndel,straße,\n")).toEqual({
      operations: [PUT, GET, DELETE],
      keys: ["sea", "a b#", "straße"],
      values: ["blue", "", ""],
      left: "",
    });
  });

  it.each([
    ["a quoted field", 'get,"a",\n'],
    ["a quote inside of a field", 'put,a,b"c\n'],
    ["CRLF", "get,a,\r\n"],
    ["another operation", "has,a,\n"],
    ["an empty key", "get,,\n"],
    ["a put without a value", "put,a,\n"],
    ["a get with a value", "get,a,1\n"],
    ["two columns", "get,a\n"],
    ["four columns", "put,a,1,2\n"],
    ["an empty line", "\nget,a,\n"],
    ["a key that is too long", "get,aaaaaaaaa,\n"],
    ["a value that is too long", `put,a,${"1".repeat(131_072)}\n`],
    ["a row that is cut off in its value", "put,a,1"],
    ["a row that is cut off in its key", "put,a"],
    ["a row that is cut off in its operation", "pu"],
  ])("end in front of %s", (_, row) => {
    expect(take(`get,k,\n${row}`, { rows: 1024, keyBytes: 8 })).toMatchObject({ keys: ["k"], left: row });
  });

  it("end where the batch may hold no more", () => {
    expect(take("get,a,\nget,b,\nget,c,\n", { rows: 2, keyBytes: 8 })).toMatchObject({
      keys: ["a", "b"],
      left: "get,c,\n",
    });
  });
});
