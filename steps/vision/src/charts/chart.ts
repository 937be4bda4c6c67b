import { type Axis, axis } from "./axis.ts";
import { document, element, text } from "./svg.ts";

/** One line of a chart, or its dots, or bars that stand on the axis. */
export interface Series {
  readonly name: string;
  readonly draw: "line" | "dashes" | "dots" | "bars";
  /** In the order in which they are joined; a point that isn't finite breaks the line. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartOptions {
  readonly title: string;
  readonly x: AxisOptions;
  readonly y: AxisOptions;
  readonly series: readonly Series[];
}

export interface AxisOptions {
  readonly label: string;
  /** Left out, what the points span. */
  readonly from?: number;
  readonly to?: number;
}

const width = 640;
const height = 440;
const frame = { left: 80, top: 44, right: 616, bottom: 356 };
/** Told apart by people who see colours otherwise, too (Okabe and Ito 2008). */
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"] as const;

/** Draws a chart as the text of an SVG file; equal options give equal text. */
export function chart({ title, x, y, series }: ChartOptions): string {
  const points = series.flatMap((each) => each.points).filter(isFinitePoint);
  const across = axis(
    x,
    points.map(([value]) => value),
    frame.left,
    frame.right,
  );
  const up = axis(
    y,
    points.map(([, value]) => value),
    frame.bottom,
    frame.top,
  );
  return document(width, height, title, [
    text(frame.left, 26, title, { "font-size": 16, "font-weight": "bold" }),
    ...grid(across, up),
    ...series.flatMap((each, index) => drawSeries(each, colours[index % colours.length]!, across, up)),
    ...legend(series),
    text((frame.left + frame.right) / 2, frame.bottom + 38, x.label, { "text-anchor": "middle" }),
    text(18, (frame.top + frame.bottom) / 2, y.label, {
      "text-anchor": "middle",
      transform: `rotate(-90 18 ${(frame.top + frame.bottom) / 2})`,
    }),
  ]);
}

function grid(across: Axis, up: Axis): string[] {
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    element("line", { x1, y1, x2, y2, stroke: "#ddd", "stroke-width": 1 });
  return [
    ...across.ticks.flatMap(({ at, label }) => [
      line(at, frame.top, at, frame.bottom),
      text(at, frame.bottom + 18, label, { "text-anchor": "middle" }),
    ]),
    ...up.ticks.flatMap(({ at, label }) => [
      line(frame.left, at, frame.right, at),
      text(frame.left - 8, at + 4, label, { "text-anchor": "end" }),
    ]),
  ];
}

function drawSeries({ draw, points }: Series, colour: string, across: Axis, up: Axis): string[] {
  const placed = points.map(([x, y]) => [across.place(x), up.place(y)] as const);
  switch (draw) {
    case "line":
    case "dashes": {
      const d = path(placed);
      return [element("path", { d, fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": dash(draw) })];
    }
    case "dots":
      return placed.filter(isFinitePoint).map(([cx, cy]) => element("circle", { cx, cy, r: 3.5, fill: colour }));
    case "bars": {
      const side = (0.8 * (frame.right - frame.left)) / Math.max(1, points.length);
      return placed.filter(isFinitePoint).map(([x, y]) => {
        const top = Math.min(y, up.place(0));
        const bar = { x: x - side / 2, y: top, width: side, height: Math.abs(up.place(0) - y) };
        return element("rect", { ...bar, fill: colour, "fill-opacity": 0.5 });
      });
    }
    default:
      return draw satisfies never;
  }
}

function path(points: readonly (readonly [number, number])[]): string {
  let pen = "M";
  const parts: string[] = [];
  for (const point of points) {
    if (isFinitePoint(point)) {
      parts.push(`${pen}${point[0].toFixed(1)} ${point[1].toFixed(1)}`);
      pen = "L";
    } else pen = "M";
  }
  return parts.join("");
}

/** One row below the chart. */
function legend(series: readonly Series[]): string[] {
  let x = frame.left;
  return series.flatMap(({ name, draw }, index) => {
    const y = height - 16;
    const colour = colours[index % colours.length]!;
    const start = x;
    // Letters of this size are about 6.5 pixels wide.
    x += 48 + 6.5 * name.length;
    const line = { x1: start, y1: y, x2: start + 22, y2: y, stroke: colour, "stroke-width": 3 };
    const mark =
      draw === "dots"
        ? element("circle", { cx: start + 11, cy: y, r: 3.5, fill: colour })
        : element("line", { ...line, "stroke-dasharray": dash(draw) });
    return [mark, text(start + 28, y + 4, name)];
  });
}

function dash(draw: Series["draw"]): string {
  return draw === "dashes" ? "5 4" : "none";
}

function isFinitePoint([x, y]: readonly [number, number]): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}
