import { expect, it } from "vitest";
import { lineChart } from "./line-chart.ts";

const chart = { title: "T", x: "seconds", y: "ops/s" } as const;

it("shows where values stand between the marks of its axes", () => {
  const points = [
    [0, 100],
    [5, 50],
    [10, 0],
  ] as const;
  const { text } = lineChart({ ...chart, scale: "linear", lines: [{ name: "<a>", points }] });
  const [start, middle, end] = /points="([^"]*)"/
    .exec(text)![1]!
    .split(" ")
    .map((pair) => pair.split(",").map(Number));
  expect(middle).toEqual([(start![0]! + end![0]!) / 2, (start![1]! + end![1]!) / 2]);
  expect(start![1]).toBeLessThan(end![1]!);
  expect(text).toContain(">&#60;a&#62;</text>");
  const powers = lineChart({
    ...chart,
    scale: "logarithmic",
    names: ["p50", "p99"],
    lines: [
      {
        name: "a",
        points: [
          [0, 10],
          [1, 1000],
        ],
      },
    ],
  });
  expect([...powers.text.matchAll(/text-anchor="end">([^<]*)</g)].map(([, label]) => label)).toEqual([
    "10",
    "100",
    "1k",
  ]);
});

it("takes more points than a function takes arguments", () => {
  const points = Array.from({ length: 300_000 }, (_, at) => [at, at % 7] as const);
  expect(lineChart({ ...chart, scale: "linear", lines: [{ name: "a", points }] }).text).not.toMatch(/NaN|Infinity/);
});
