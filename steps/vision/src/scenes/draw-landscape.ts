import type { Generator } from "../random/generator.ts";
import { type Canvas, type Colour, fillBox, fillEllipse, fillPolygon, type Point } from "./canvas.ts";
import { onRoad, type View } from "./view.ts";

const skies: readonly Colour[] = [
  [0.45, 0.65, 0.9],
  [0.72, 0.75, 0.78],
  [0.85, 0.68, 0.55],
  [0.3, 0.36, 0.5],
];
const grounds: readonly Colour[] = [
  [0.3, 0.42, 0.2],
  [0.45, 0.42, 0.3],
  [0.5, 0.48, 0.45],
  [0.36, 0.38, 0.24],
];
const trees: readonly Colour[] = [
  [0.16, 0.28, 0.12],
  [0.25, 0.33, 0.15],
  [0.5, 0.32, 0.12],
  [0.12, 0.22, 0.16],
];

/** Draws sky, ground, what stands along the horizon, and the road with its marks. */
export function drawLandscape(canvas: Canvas, view: View, random: Generator): void {
  const sky = skies[random.below(skies.length)]!;
  const ground = grounds[random.below(grounds.length)]!;
  fillBox(canvas, 0, 0, 1, view.horizon, sky, (height) => 0.85 + 0.25 * height);
  fillBox(canvas, 0, view.horizon, 1, 1, ground, (height) => 0.85 + 0.2 * height);
  for (let count = random.below(9); count > 0; count--) drawBackdrop(canvas, view, random);
  drawRoad(canvas, view, random);
}

function drawBackdrop(canvas: Canvas, { horizon }: View, random: Generator): void {
  const x = random.next();
  const height = random.between(0.05, 0.22);
  if (random.next() < 0.55) {
    const crown = trees[random.below(trees.length)]!;
    fillBox(canvas, x - 0.008, horizon - height / 2, x + 0.008, horizon + 0.01, [0.22, 0.16, 0.1]);
    fillEllipse(canvas, [x, horizon - height * 0.6], height * 0.4, height * 0.5, crown);
  } else {
    const grey = random.between(0.3, 0.75);
    const wall: Colour = [grey, grey * random.between(0.82, 1), grey * random.between(0.7, 1)];
    fillBox(canvas, x, horizon - height, x + random.between(0.06, 0.2), horizon + 0.01, wall);
  }
}

function drawRoad(canvas: Canvas, view: View, random: Generator): void {
  const grey = random.between(0.24, 0.44);
  const edge = (across: number, y: number) => onRoad(view, across, y);
  const surface: Point[] = [edge(0, view.horizon), edge(1, view.horizon), edge(1, 1), edge(0, 1)];
  fillPolygon(canvas, surface, [grey, grey, grey * random.between(0.95, 1.08)], (height) => 0.9 + 0.15 * height);
  const white = random.between(0.7, 0.95);
  const paint: Colour = random.next() < 0.2 ? [white, white * 0.8, white * 0.25] : [white, white, white];
  for (const across of [0.04, 0.96]) drawMark(canvas, view, across, 0, 1, paint);
  const offset = random.between(0, 0.15);
  for (let from = 0.02 + offset; from < 1; from = from * 1.5 + 0.05)
    drawMark(canvas, view, 0.5, from, from * 1.2 + 0.02, paint);
}

/** A mark along the road, between two scales. */
function drawMark(canvas: Canvas, view: View, across: number, from: number, to: number, colour: Colour): void {
  const height = (scale: number) => view.horizon + Math.min(1, scale) * (1 - view.horizon);
  const near = height(to);
  const far = height(from);
  fillPolygon(
    canvas,
    [
      onRoad(view, across - 0.01, far),
      onRoad(view, across + 0.01, far),
      onRoad(view, across + 0.01, near),
      onRoad(view, across - 0.01, near),
    ],
    colour,
  );
}
