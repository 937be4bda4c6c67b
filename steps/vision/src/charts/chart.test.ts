import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { chart } from "./chart.ts";
import { contactSheet } from "./contact-sheet.ts";

const options = {
  title: "Loss & <MCC>",
  x: { label: "epoch" },
  y: { label: "loss", from: 0 },
  series: [
    {
      name: "train",
      draw: "line",
      points: [
        [1, 0.7],
        [2, Number.NaN],
        [3, 0.2],
        [4, 0.1],
      ],
    },
    {
      name: "val",
      draw: "dots",
      points: [
        [1, 0.8],
        [4, 0.4],
      ],
    },
    {
      name: "chance",
      draw: "dashes",
      points: [
        [1, 0.69],
        [4, 0.69],
      ],
    },
    { name: "count", draw: "bars", points: [[2, 0.3]] },
  ],
} as const;

describe("chart", () => {
  it("draws lines, dots, dashes and bars, with names that can't break the file", () => {
    const svg = chart(options);
    expect(svg).toContain("<title>Loss &#38; &#60;MCC&#62;</title>");
    expect(svg.match(/<circle/g)).toHaveLength(3);
    expect(svg.match(/<path/g)).toHaveLength(2);
    // The line is broken where a value isn't finite: begun twice.
    expect(svg.match(/ d="([^"]*)"/)![1]!.match(/M/g)).toHaveLength(2);
    for (const label of [">0.2<", ">0.8<", ">4<", ">epoch<", ">loss<", ">chance<"]) expect(svg).toContain(label);
    expect(chart(options)).toBe(svg);
  });

  it("is an SVG that can be rendered, also of nothing and of one point", async () => {
    for (const series of [options.series, [], [{ name: "one", draw: "line", points: [[5, 5]] }] as const]) {
      const { width, height } = await sharp(Buffer.from(chart({ ...options, series }))).metadata();
      expect([width, height]).toEqual([640, 440]);
    }
  });
});

describe("contactSheet", () => {
  it("holds its pictures", async () => {
    const print = {
      pixels: new Uint8Array(2 * 2 * 3).fill(200),
      caption: ["a/very/long/name/of/a/picture.png", "p 0.93"],
    };
    const svg = await contactSheet("Hard examples", [{ heading: "false alarms", prints: [print, print] }], 2);
    expect(svg.match(/data:image\/png;base64,/g)).toHaveLength(2);
    expect(svg).toContain("…/of/a/picture.png");
    const { width } = await sharp(Buffer.from(svg)).metadata();
    expect(width).toBe(12 + 4 * 108);
  });
});
