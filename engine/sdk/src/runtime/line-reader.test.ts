import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CUT, LONGEST, lineReader } from "./line-reader.ts";

function linesOf(chunks: readonly (string | Uint8Array)[], mask = (line: string) => line): string[] {
  const lines: string[] = [];
  const reader = lineReader(mask, (line) => lines.push(line));
  for (const chunk of chunks) reader.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  reader.end();
  return lines;
}

describe("lineReader", () => {
  it("joins what chunks cut, and gives a last line without a line feed", () => {
    expect(linesOf(["on", "e\ntw", "o\r\n\nthr", "ee"])).toEqual(["one", "two", "", "three"]);
    expect(linesOf(["one\n"])).toEqual(["one"]);
    expect(linesOf([])).toEqual([]);
  });

  it("gives the same lines however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), fc.array(fc.nat(40)), (texts, cuts) => {
        const whole = texts.map((text) => text.replaceAll(/[\r\n]/g, "")).concat("end");
        const bytes = Buffer.from(whole.join("\n"));
        const chunks: Uint8Array[] = [];
        let from = 0;
        for (const cut of cuts) {
          chunks.push(bytes.subarray(from, from + cut));
          from += cut;
        }
        chunks.push(bytes.subarray(from));
        expect(linesOf(chunks)).toEqual(linesOf([bytes]));
      }),
      { numRuns: 30 },
    );
  });

  it("replaces invalid UTF-8, and keeps characters that chunks cut", () => {
    const euro = Buffer.from("€");
    expect(linesOf([euro.subarray(0, 1), euro.subarray(1)])).toEqual(["€"]);
    expect(linesOf([new Uint8Array([0x61, 0xff, 0x62, 0x0a])])).toEqual(["a\ufffdb"]);
  });

  it("cuts a very long line with a mark, and goes on with the next", () => {
    const [long = "", next] = linesOf(["x".repeat(LONGEST), "y".repeat(10 * LONGEST), "\nnext\n"]);
    expect(long.length).toBe(LONGEST + CUT.length);
    expect(long.endsWith(`x${CUT}`)).toBe(true);
    expect(next).toBe("next");
  });

  it("masks a secret that chunks cut, or that lies across the edge of a cut line", () => {
    const mask = (line: string) => line.replaceAll("hunter2", "***");
    expect(linesOf(["the key is hun", "ter2\n"], mask)).toEqual(["the key is ***"]);
    const [long = ""] = linesOf([`${"x".repeat(LONGEST - 3)}hunter2${"y".repeat(LONGEST)}`], mask);
    expect(long).not.toContain("hun");
    const [filled = ""] = linesOf(["hunter2".repeat(LONGEST)], mask);
    expect(filled).toMatch(/^\*+ … \[cut\]$/);
  });
});
