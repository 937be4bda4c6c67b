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

// Sixteen bytes are looked at at a time.
const LENGTHS = Array.from({ length: 35 }, (_, index) => index + 1);
const letters = (length: number) => "abcdefghijklmnopqrstuvwxyz0123456789".slice(0, length);

describe("the blocks in which bytes are looked at", () => {
  it.each(LENGTHS)("may end anywhere beside a key of %i bytes", (length) => {
    const keys = LENGTHS.map(() => letters(length));
    const values = LENGTHS.map(letters);
    const rows = LENGTHS.map((_, index) => `put,${keys[index]},${values[index]}\n`);
    expect(take(rows.join(""))).toMatchObject({ keys, values, left: "" });
    const whole = rows.join("");
    for (let end = whole.length - (rows.at(-1)!.length - 1); end < whole.length; end++) {
      const left = whole.slice(whole.length - rows.at(-1)!.length, end);
      expect(take(whole.slice(0, end))).toMatchObject({ keys: keys.slice(1), values: values.slice(0, -1), left });
    }
  });

  it.each(LENGTHS)("hide nothing that may not stand at place %i of a field", (length) => {
    for (const fault of ['"', "\r", ",", "\n"]) {
      const left = `put,${letters(length)},${letters(length - 1)}${fault}b\n`;
      const isEnd = fault === "\n" && length > 1;
      expect(take(`get,k,\n${left}`)).toMatchObject({ keys: isEnd ? ["k", letters(length)] : ["k"] });
      if (fault === ",") continue;
      expect(take(`get,k,\nput,${letters(length - 1)}${fault}b,c\n`)).toMatchObject({ keys: ["k"] });
    }
  });

  it("take in any byte that is no sign", () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => ![10, 13, 34, 44].includes(byte));
    const batch = new RowBatch(1000);
    batch.bytes.set([...Buffer.from("get,"), ...bytes, ...Buffer.from(",\n")]);
    expect(batch.takePlainRows(0, bytes.length + 6, { rows: 1, keyBytes: 1000 })).toBe(bytes.length + 6);
    expect([...batch.bytes.subarray(batch.keyStarts[0], batch.keyEnds[0])]).toEqual(bytes);
  });

  it("stay in the memory, wherever the bytes of a batch end in it", () => {
    const upToPage = 65_536 - new RowBatch(1).bytes.byteOffset;
    for (let size = upToPage - 20; size <= upToPage; size++) {
      const batch = new RowBatch(size);
      const row = "put,k,v";
      batch.bytes.set(Buffer.from(row), size - row.length);
      expect(batch.takePlainRows(size - row.length, size, { rows: 1, keyBytes: 9 })).toBe(size - row.length);
    }
  });
});
