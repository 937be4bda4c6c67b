import type { Generator } from "../random/generator.ts";
import { type Canvas, type Colour, fillBox, fillPolygon } from "./canvas.ts";
import { onRoad, scaleAt, type View } from "./view.ts";

const orange: Colour = [0.95, 0.42, 0.08];
const red: Colour = [0.82, 0.12, 0.1];
const white: Colour = [0.94, 0.94, 0.92];
const black: Colour = [0.06, 0.06, 0.06];

/** Draws a row of cones, a barrier, a diamond sign, or several of them. */
export function drawRoadworks(canvas: Canvas, view: View, random: Generator): void {
  const side = random.next() < 0.5 ? -1 : 1;
  const what = random.below(7) + 1;
  if (what & 1) drawSign(canvas, view, side, random);
  if (what & 2) drawBarrier(canvas, view, side, random);
  if (what & 4) drawCones(canvas, view, side, random);
}

function drawCones(canvas: Canvas, view: View, side: number, random: Generator): void {
  const count = 2 + random.below(4);
  const edge = random.between(0.22, 0.42);
  const nearest = random.between(0.35, 0.58);
  for (let index = 0; index < count; index++) {
    const y = view.horizon + nearest * (0.3 + (0.7 * (index + 1)) / count);
    const drift = edge + 0.12 * (index / count);
    const [x] = onRoad(view, 0.5 + side * drift, y);
    drawCone(canvas, x, y, scaleAt(view, y) * random.between(0.36, 0.5));
  }
}

function drawCone(canvas: Canvas, x: number, y: number, height: number): void {
  const widthAt = (share: number) => height * (0.08 + 0.3 * share);
  const band = (from: number, to: number, colour: Colour) =>
    fillPolygon(
      canvas,
      [
        [x - widthAt(from), y - height * (1 - from)],
        [x + widthAt(from), y - height * (1 - from)],
        [x + widthAt(to), y - height * (1 - to)],
        [x - widthAt(to), y - height * (1 - to)],
      ],
      colour,
    );
  fillBox(canvas, x - height * 0.42, y - height * 0.08, x + height * 0.42, y, [0.75, 0.3, 0.06]);
  band(0, 1, orange);
  band(0.35, 0.6, white);
}

function drawBarrier(canvas: Canvas, view: View, side: number, random: Generator): void {
  const y = view.horizon + random.between(0.18, 0.4);
  const scale = scaleAt(view, y);
  const [x] = onRoad(view, 0.5 + side * random.between(0.15, 0.32), y);
  const half = scale * random.between(0.32, 0.5);
  const height = scale * 0.42;
  const stripe: Colour = random.next() < 0.6 ? red : orange;
  for (const leg of [-0.8, 0.8])
    fillBox(canvas, x + leg * half - 0.006, y - height, x + leg * half + 0.006, y, [0.3, 0.3, 0.3]);
  for (const board of [1, 0.52]) {
    const top = y - height * board;
    const stripes = 7;
    for (let index = 0; index < stripes; index++) {
      const from = x - half + (2 * half * index) / stripes;
      fillBox(canvas, from, top, from + (2 * half) / stripes, top + height * 0.34, index % 2 === 0 ? stripe : white);
    }
  }
}

function drawSign(canvas: Canvas, view: View, side: number, random: Generator): void {
  const y = view.horizon + random.between(0.18, 0.4);
  const scale = scaleAt(view, y);
  const [x] = onRoad(view, 0.5 + side * random.between(0.46, 0.6), y);
  const size = scale * random.between(0.32, 0.44);
  const centre = y - scale * 0.6;
  fillBox(canvas, x - size * 0.07, centre, x + size * 0.07, y, [0.35, 0.35, 0.35]);
  const diamond = (half: number, colour: Colour) =>
    fillPolygon(
      canvas,
      [
        [x, centre - half],
        [x + half, centre],
        [x, centre + half],
        [x - half, centre],
      ],
      colour,
    );
  diamond(size, black);
  diamond(size * 0.86, random.next() < 0.5 ? orange : [0.95, 0.75, 0.1]);
  fillBox(canvas, x - size * 0.16, centre - size * 0.4, x + size * 0.16, centre + size * 0.35, black);
}
