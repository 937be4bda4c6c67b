import type { Generator } from "../random/generator.ts";
import { type Canvas, type Colour, fillBox, fillEllipse, fillPolygon } from "./canvas.ts";
import { onRoad, scaleAt, type View } from "./view.ts";

// Red, orange and yellow cars are there on purpose: colour alone must not tell a roadwork.
const paints: readonly Colour[] = [
  [0.75, 0.12, 0.1],
  [0.9, 0.45, 0.1],
  [0.88, 0.75, 0.2],
  [0.15, 0.25, 0.55],
  [0.85, 0.85, 0.87],
  [0.12, 0.12, 0.13],
  [0.5, 0.52, 0.55],
  [0.2, 0.4, 0.25],
];

/** Draws up to three cars, the far ones first, and now and then an ordinary sign. */
export function drawTraffic(canvas: Canvas, view: View, random: Generator): void {
  if (random.next() < 0.35) drawOrdinarySign(canvas, view, random);
  const heights = Array.from({ length: random.below(4) }, () => view.horizon + random.between(0.06, 0.4));
  for (const y of heights.sort((a, b) => a - b)) drawCar(canvas, view, y, random);
}

function drawCar(canvas: Canvas, view: View, y: number, random: Generator): void {
  const [x] = onRoad(view, random.next() < 0.5 ? random.between(0.18, 0.34) : random.between(0.66, 0.82), y);
  const size = scaleAt(view, y) * 0.42;
  const paint = paints[random.below(paints.length)]!;
  const half = size * 0.5;
  const height = size * random.between(0.6, 0.85);
  fillEllipse(canvas, [x, y], half * 1.15, size * 0.07, [0.1, 0.1, 0.1]);
  fillPolygon(
    canvas,
    [
      [x - half * 0.75, y - height],
      [x + half * 0.75, y - height],
      [x + half, y - height * 0.5],
      [x - half, y - height * 0.5],
    ],
    paint,
  );
  fillBox(canvas, x - half, y - height * 0.5, x + half, y - height * 0.12, paint);
  fillBox(canvas, x - half * 0.62, y - height * 0.92, x + half * 0.62, y - height * 0.56, [0.14, 0.18, 0.22]);
  const lamp: Colour = random.next() < 0.6 ? [0.8, 0.08, 0.06] : [0.95, 0.93, 0.8];
  for (const side of [-1, 1]) {
    fillBox(
      canvas,
      x + side * half * 0.8 - half * 0.14,
      y - height * 0.45,
      x + side * half * 0.8 + half * 0.14,
      y - height * 0.3,
      lamp,
    );
    fillBox(
      canvas,
      x + side * half * 0.75 - half * 0.18,
      y - height * 0.16,
      x + side * half * 0.75 + half * 0.18,
      y,
      [0.05, 0.05, 0.05],
    );
  }
}

function drawOrdinarySign(canvas: Canvas, view: View, random: Generator): void {
  const y = view.horizon + random.between(0.05, 0.3);
  const [x] = onRoad(view, random.next() < 0.5 ? -0.06 : 1.06, y);
  const size = scaleAt(view, y) * 0.3;
  const top = y - size * 2.2;
  fillBox(canvas, x - size * 0.05, top, x + size * 0.05, y, [0.5, 0.5, 0.52]);
  if (random.next() < 0.5) {
    fillEllipse(canvas, [x, top], size * 0.4, size * 0.4, [0.78, 0.1, 0.1]);
    fillEllipse(canvas, [x, top], size * 0.28, size * 0.28, [0.93, 0.93, 0.93]);
  } else {
    fillBox(canvas, x - size * 0.38, top - size * 0.38, x + size * 0.38, top + size * 0.38, [0.1, 0.3, 0.65]);
  }
}
