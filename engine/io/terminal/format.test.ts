import { describe, expect, it } from "vitest";
import { formatAge } from "./format-age.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatDuration } from "./format-duration.ts";
import { formatMetrics } from "./format-number.ts";
import { formatTable } from "./format-table.ts";
import { painter } from "./paint.ts";

describe("durations", () => {
  it.each([
    [0, "0 ms"],
    [999.4, "999 ms"],
    [999.5, "1.0 s"],
    [12_345, "12.3 s"],
    [59_949, "59.9 s"],
    [59_950, "1 m 00 s"],
    [125_000, "2 m 05 s"],
    [3_599_600, "1 h 00 m"],
    [3_720_000, "1 h 02 m"],
    [90_000_000, "25 h 00 m"],
  ])("%d ms", (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe("ages", () => {
  it.each([
    [-5_000, "just now"],
    [59_999, "just now"],
    [60_000, "1 min ago"],
    [3_600_000, "1 h ago"],
    [47 * 3_600_000, "47 h ago"],
    [48 * 3_600_000, "2 days ago"],
  ])("%d ms", (ms, text) => expect(formatAge(ms)).toBe(text));
});

describe("sizes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.0 KiB"],
    [10_188, "9.9 KiB"],
    [10_240, "10 KiB"],
    [1_048_575, "1.0 MiB"],
    [5 * 2 ** 40, "5.0 TiB"],
    [5_000 * 2 ** 40, "5000 TiB"],
  ])("%d bytes", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("metrics", () => {
  it("shows four significant digits, and four metrics", () => {
    expect(
      formatMetrics([
        ["mcc", 0.931_266],
        ["epochs", 8],
        ["loss", 1.5e-7],
      ]),
    ).toBe("mcc 0.9313  epochs 8  loss 1.5e-7");
    expect(formatMetrics(["a", "b", "c", "d", "e"].map((name, value) => [name, value]))).toBe("a 0  b 1  c 2  d 3  …");
  });
});

describe("tables", () => {
  it("aligns columns, leaves empty ones out and ends no line in blanks", () => {
    const rows = [
      ["name", "", "size", "kind"],
      ["é", "", "12", ""],
    ];
    expect(formatTable(rows, { right: [2], indent: "  " })).toBe("  name  size  kind\n  é       12");
  });

  it("is empty without rows", () => expect(formatTable([])).toBe(""));
});

describe("colour", () => {
  it("writes escape codes only where colour is on", () => {
    expect(painter("on")("green", "ok")).toBe("\u001b[32mok\u001b[39m");
    expect(painter("off")("green", "ok")).toBe("ok");
  });
});
