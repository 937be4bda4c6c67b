import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { StepError } from "@orchestrate/sdk";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { MAX_KEY_BYTES, MAX_VALUE_BYTES } from "../map/record.ts";
import { readWorkload } from "./read-workload.ts";
import { WorkloadLimits } from "./workload-limits.ts";

const directory = mkdtempSync(join(tmpdir(), "hashmap-rows-"));
const path = join(directory, "workload.csv");
afterAll(() => rmSync(directory, { recursive: true }));

const NAMES = ["put", "get", "del"];
const latin1 = (text: string) => Buffer.from(text, "latin1");

async function rowsOf(content: string | Uint8Array, limits: Partial<WorkloadLimits> = {}): Promise<string[][]> {
  // What is written over, some file systems bring to the disk at once.
  rmSync(path, { force: true });
  writeFileSync(path, content);
  const rows: string[][] = [];
  const text = (bytes: Uint8Array, start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString();
  for await (const batch of readWorkload(path, WorkloadLimits.parse(limits), new AbortController().signal)) {
    for (let row = 0; row < batch.count; row++) {
      rows.push([
        NAMES[batch.operations[row]!]!,
        text(batch.bytes, batch.keyStarts[row]!, batch.keyEnds[row]!),
        text(batch.bytes, batch.valueStarts[row]!, batch.valueEnds[row]!),
      ]);
    }
  }
  return rows;
}

async function refusal(content: string | Uint8Array, limits: Partial<WorkloadLimits> = {}): Promise<StepError> {
  return rowsOf(content, limits).then(
    () => expect.unreachable("the workload was accepted"),
    (error: unknown) => {
      if (!(error instanceof StepError)) throw error;
      return error;
    },
  );
}

describe("a workload", () => {
  it.each<[string, string, string[][]]>([
    [
      "plain",
      "op,key,value\nput,a,1\nget,a,\ndel,a,\n",
      [
        ["put", "a", "1"],
        ["get", "a", ""],
        ["del", "a", ""],
      ],
    ],
    ["without a last line break", "op,key,value\nget,a,", [["get", "a", ""]]],
    [
      "with CRLF",
      "op,key,value\r\nput,a,1\r\nget,b,\r\n",
      [
        ["put", "a", "1"],
        ["get", "b", ""],
      ],
    ],
    [
      "in capitals",
      "op,key,value\nPUT,a,1\nGet,a,\nDEL,a,\n",
      [
        ["put", "a", "1"],
        ["get", "a", ""],
        ["del", "a", ""],
      ],
    ],
    [
      "quoted",
      'op,key,value\n"put","a,""b""","x\ny"\nget,"é",""\n',
      [
        ["put", 'a,"b"', "x\ny"],
        ["get", "é", ""],
      ],
    ],
    ["with a quoted header", '"op","key","value"\nget,a,\n', [["get", "a", ""]]],
    ["quoted at the very end", 'op,key,value\nput,a,"1"', [["put", "a", "1"]]],
    ["of a header alone", "op,key,value\n", []],
  ])("%s is read", async (_, content, rows) => {
    expect(await rowsOf(content)).toEqual(rows);
  });

  it.each<[string, string | Uint8Array, string]>([
    ["nothing at all", "", ":1:1: the file is empty."],
    ["another header", "op,key\nget,a\n", ":1:7: there are two columns, not three."],
    ["a byte order mark", "\ufeffop,key,value\nget,a,\n", ":1:1: there is a byte order mark in front of the header."],
    [
      "line breaks of one carriage return",
      "op,key,value\rget,a,\r",
      ":1:13: there is a carriage return without a line feed.",
    ],
    ["another order", "key,op,value\n", ':1:1: the header is "key,op,value", not "op,key,value".'],
    [
      "an unknown operation",
      "op,key,value\nput,a,1\npot,b,2\n",
      ':3:1: the operation "pot" is none of put, get and del.',
    ],
    ["an empty line", "op,key,value\n\nget,a,\n", ":2:1: there is one column, not three."],
    ["a missing column", "op,key,value\nget,a\n", ":2:6: there are two columns, not three."],
    ["an extra column", "op,key,value\nput,a,1,2\n", ":2:9: there are more than three columns."],
    ["an empty key", "op,key,value\nput,,1\n", ":2:5: the key is empty."],
    ["a put without a value", "op,key,value\nput,äa,\n", ":2:8: put has no value."],
    ["a get with a value", "op,key,value\nget,a,1\n", ":2:7: get and del take no value."],
    ["a bare quote", 'op,key,value\nput,a"b,1\n', ":2:6: there is a quote inside of a field that is not quoted."],
    ["text behind a quote", 'op,key,value\nput,"a"b,1\n', ":2:8: there is text behind a closing quote."],
    ["a quote that is not closed", 'op,key,value\nget,a,\nput,"a,1\n', ":3:1: a quoted field has no end."],
    ["a lonely carriage return", "op,key,value\nget,a\rb,\n", ":2:6: there is a carriage return without a line feed."],
    ["a fault behind a quoted line break", 'op,key,value\nput,"a\nb",1\nget,c,1\n', ":4:7: get and del take no value."],
    ["a fault in a row of two lines", 'op,key,value\nput,"a\nbc",\n', ":3:5: put has no value."],
    ["bytes that are no text", latin1("op,key,value\nget,a,\nget,\xff,\n"), ":3:5: this is not UTF-8."],
    [
      "a surrogate behind a replacement",
      latin1('op,key,value\nput,\xef\xbf\xbd,"x\ny\xed\xa0\x80"\n'),
      ":3:2: this is not UTF-8.",
    ],
    ["what begins like a replacement", latin1("op,key,value\nput,a\xef\xbf,b\n"), ":2:6: this is not UTF-8."],
    ["a character that is cut off", latin1("op,key,value\nput,a,bc\xc3"), ":2:9: this is not UTF-8."],
    ["bytes that are packed", gzipSync("op,key,value\nget,a,\n"), ":1:2: this is not UTF-8."],
    [
      "a key that is too long",
      `op,key,value\nget,${"k".repeat(1025)},\n`,
      ":2:5: the key has 1025 bytes, more than 1024.",
    ],
    [
      "a quoted key that is too long",
      `op,key,value\nget,"${'""'.repeat(1025)}",\n`,
      ":2:6: the key has 1025 bytes, more than 1024.",
    ],
    [
      "a value that is too long",
      `op,key,value\nput,a,${"v".repeat(131_072)}\n`,
      ":2:7: the value has 131072 bytes, more than 131071.",
    ],
    [
      "a row without an end",
      `op,key,value\nput,a,"${"v".repeat(320_000)}`,
      ":2:1: the row has more than 307200 bytes.",
    ],
  ])("with %s is refused, by line and column", async (_, content, words) => {
    const error = await refusal(content);
    expect(error).toMatchObject({ code: "workload-invalid", category: "input", detail: `${path}${words}` });
    expect(error.hint).toContain("header op,key,value");
  });

  it("may have the longest key and value there are, be they all quotes", async () => {
    const [key, value] = ['"'.repeat(MAX_KEY_BYTES), '"'.repeat(MAX_VALUE_BYTES)];
    const row = `put,"${key}${key}","${value}${value}"\r\n`;
    const content = `op,key,value\r\n${row.repeat(3)}`;
    const rows = await rowsOf(content, { maxKeyBytes: MAX_KEY_BYTES });
    expect(rows.every(([, k, v]) => k === key && v === value) && rows.length).toBe(3);
  });

  it("is refused where it has more rows or bytes than are allowed", async () => {
    const content = "op,key,value\nget,a,\nget,a,\nget,a,\n";
    expect(await rowsOf(content, { maxRows: 3 })).toHaveLength(3);
    expect(await rowsOf(content, { maxRows: 0, maxBytes: 0 })).toHaveLength(3);
    expect(await refusal(content, { maxRows: 2 })).toMatchObject({
      code: "workload-too-large",
      detail: `${path} has more than 2 rows.`,
      hint: "Split it, or raise `limits.maxRows` (0 allows any).",
    });
    expect(await refusal(content, { maxBytes: 33 })).toMatchObject({ detail: `${path} has 34 bytes, more than 33.` });
  });

  it("reads as csv-parse does whatever can be written, over many pieces", { timeout: 60_000 }, async () => {
    const field = fc.string({
      unit: fc.constantFrom("a", "K", "7", ",", '"', "\n", "\r\n", "é", "𝄞"),
      minLength: 1,
      maxLength: 12,
    });
    const row = fc.oneof(
      fc.tuple(fc.constant("put"), field, field),
      fc.tuple(fc.constantFrom("get", "del"), field, fc.constant("")),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.constantFrom("\n", "\r\n"),
        fc.constantFrom(1, 1, 6000),
        async (rows, lineBreak, times) => {
          const repeated = Array.from({ length: times }, () => rows).flat();
          const lines = repeated.map((fields) => fields.map(quoted).join(","));
          const content = ["op,key,value", ...lines, ""].join(lineBreak);
          const expected: string[][] = parse(content, { from_line: 2 });
          // As texts, which are compared in no time.
          expect(JSON.stringify(await rowsOf(content))).toBe(JSON.stringify(expected));
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it("names the line of the one row that is wrong, wherever it stands", async () => {
    const good = fc.constantFrom("put,a,1", "get,bc,", 'del,"x\ny",', 'put,"q""q",é');
    await fc.assert(
      fc.asyncProperty(
        fc.array(good, { maxLength: 3000 }),
        fc.array(good, { maxLength: 20 }),
        async (before, after) => {
          const content = ["op,key,value", ...before, "put,key,", ...after, ""].join("\n");
          const line = 2 + before.join("\n").split("\n").length - (before.length === 0 ? 1 : 0);
          expect((await refusal(content)).detail).toBe(`${path}:${line}:9: put has no value.`);
        },
      ),
      { numRuns: 40, seed: 8 },
    );
  });

  it("never crashes or hangs on anything, and numbers no line that is not there", { timeout: 60_000 }, async () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .string({ unit: fc.constantFrom("put,", "get,", "del,", "a", ",", '"', "\n", "\r", "é"), maxLength: 120 })
        .map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("", "op,key,value\n"), noise, async (header, bytes) => {
        const content = Buffer.concat([Buffer.from(header), bytes]);
        const outcome = await rowsOf(content).catch((error: unknown) => error);
        if (Array.isArray(outcome)) return;
        expect(outcome).toBeInstanceOf(StepError);
        const [, line, column] = /:(\d+):(\d+): /.exec((outcome as StepError).detail)!;
        const lines = content.toString("latin1").split("\n");
        expect(Number(line)).toBeLessThanOrEqual(lines.length);
        expect(Number(column)).toBeLessThanOrEqual(lines[Number(line) - 1]!.length + 1);
      }),
      { numRuns: 2000, seed: 9 },
    );
  });

  it("ends with the signal's reason", async () => {
    writeFileSync(path, "op,key,value\nget,a,\n");
    const reason = new Error("enough");
    const batches = readWorkload(path, WorkloadLimits.parse({}), AbortSignal.abort(reason));
    await expect(batches.next()).rejects.toBe(reason);
  });
});

/** Every other field is quoted although it need not be. */
function quoted(field: string, at: number): string {
  return /[",\n\r]/.test(field) || (at === 1 && field.length % 2 === 0) ? `"${field.replaceAll('"', '""')}"` : field;
}
