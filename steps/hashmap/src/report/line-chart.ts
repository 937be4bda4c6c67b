import type { Axis } from "./axis.ts";
import { linearAxis, logarithmicAxis } from "./axis.ts";
import { type Markup, markup } from "./markup.ts";

const WIDTH = 720;
const HEIGHT = 300;
const AREA = { left: 64, right: 560, top: 36, bottom: 252 };
/** Okabe and Ito's colours, which people with colour blindness tell apart. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

export interface LineChart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly scale: "linear" | "logarithmic";
  /** Names of x values, where they are no numbers: x is then the place in this list. */
  readonly names?: readonly string[];
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

/** A chart as SVG that needs nothing beside itself. */
export function lineChart(chart: LineChart): Markup {
  const points = chart.lines.flatMap((line) => line.points);
  const [across, up] = axes(chart, points);
  const lines = chart.lines.map(({ name, points: line }, at) => {
    const colour = COLOURS[at % COLOURS.length]!;
    const path = line.map(([x, y]) => `${across.at(x).toFixed(1)},${up.at(y).toFixed(1)}`).join(" ");
    const row = AREA.top + 8 + at * 20;
    return markup`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>
<line x1="${AREA.right + 16}" y1="${row}" x2="${AREA.right + 34}" y2="${row}" stroke="${colour}" stroke-width="3"/>
<text x="${AREA.right + 40}" y="${row + 4}">${name}</text>`;
  });
  const vertical = up.marks.map(
    ({
      value,
      label,
    }) => markup`<line x1="${AREA.left}" x2="${AREA.right}" y1="${up.at(value)}" y2="${up.at(value)}" class="grid"/>
<text x="${AREA.left - 8}" y="${up.at(value) + 4}" text-anchor="end">${label}</text>`,
  );
  const horizontal = across.marks.map(
    ({ value, label }) =>
      markup`<text x="${across.at(value)}" y="${AREA.bottom + 18}" text-anchor="middle">${label}</text>`,
  );
  return markup`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${chart.title}">
<text x="${AREA.left}" y="18" class="title">${chart.title}</text>
${vertical}
${horizontal}
<text x="${(AREA.left + AREA.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${chart.x}</text>
<text transform="translate(14 ${(AREA.top + AREA.bottom) / 2}) rotate(-90)" text-anchor="middle">${chart.y}</text>
${lines}
</svg>`;
}

function axes({ scale, names }: LineChart, points: readonly (readonly [number, number])[]): [Axis, Axis] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y).filter((y) => scale === "linear" || y > 0);
  const across = linearAxis(greatest(xs, 0), AREA.left, AREA.right);
  const named = names?.map((label, value) => ({ value, label }));
  const last = (names?.length ?? 1) - 1;
  const at = (x: number) => AREA.left + (x / Math.max(1, last)) * (AREA.right - AREA.left);
  return [
    named === undefined ? across : { at, marks: named },
    scale === "linear"
      ? linearAxis(greatest(ys, 0), AREA.bottom, AREA.top)
      : logarithmicAxis(least(ys, 1e9), greatest(ys, 1e-9), AREA.bottom, AREA.top),
  ];
}

/** There may be more values than a function takes arguments. */
function greatest(values: readonly number[], otherwise: number): number {
  return values.reduce((most, value) => Math.max(most, value), otherwise);
}

function least(values: readonly number[], otherwise: number): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), otherwise);
}
