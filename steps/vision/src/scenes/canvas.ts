/** Red, green, blue in [0, 1]. */
export type Colour = readonly [number, number, number];
/** x to the right, y down, in [0, 1] of the canvas. */
export type Point = readonly [number, number];

/** A square picture to draw on, in linear floats. */
export interface Canvas {
  readonly side: number;
  /** [side, side, 3]. */
  readonly values: Float32Array;
}

export function blankCanvas(side: number): Canvas {
  return { side, values: new Float32Array(side * side * 3) };
}

/**
 * Fills a polygon, even-odd; `shade` multiplies the colour by the height within the polygon's own box, 0 at its top.
 */
export function fillPolygon(
  canvas: Canvas,
  points: readonly Point[],
  colour: Colour,
  shade: (height: number) => number = () => 1,
): void {
  const { side } = canvas;
  const top = Math.min(...points.map(([, y]) => y));
  const bottom = Math.max(...points.map(([, y]) => y));
  const firstRow = Math.max(0, Math.floor(top * side));
  const lastRow = Math.min(side - 1, Math.ceil(bottom * side));
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (row + 0.5) / side;
    const light = shade((y - top) / Math.max(1e-9, bottom - top));
    const crossings = crossingsAt(points, y);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const from = Math.max(0, Math.ceil(crossings[index]! * side - 0.5));
      const to = Math.min(side - 1, Math.floor(crossings[index + 1]! * side - 0.5));
      for (let column = from; column <= to; column++) paint(canvas, column, row, colour, light);
    }
  }
}

/** Fills an axis-parallel box, as `fillPolygon` does. */
export function fillBox(
  canvas: Canvas,
  left: number,
  top: number,
  right: number,
  bottom: number,
  colour: Colour,
  shade?: (height: number) => number,
): void {
  const corners: Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  fillPolygon(canvas, corners, colour, shade);
}

/** Fills an ellipse. */
export function fillEllipse(canvas: Canvas, centre: Point, radiusX: number, radiusY: number, colour: Colour): void {
  const points = Array.from({ length: 20 }, (_, index): Point => {
    const angle = (index / 20) * 2 * Math.PI;
    return [centre[0] + radiusX * Math.cos(angle), centre[1] + radiusY * Math.sin(angle)];
  });
  fillPolygon(canvas, points, colour);
}

function crossingsAt(points: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (let index = 0; index < points.length; index++) {
    const [x0, y0] = points[index]!;
    const [x1, y1] = points[(index + 1) % points.length]!;
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return crossings.sort((a, b) => a - b);
}

function paint({ side, values }: Canvas, column: number, row: number, colour: Colour, light: number): void {
  const to = (row * side + column) * 3;
  values[to] = colour[0] * light;
  values[to + 1] = colour[1] * light;
  values[to + 2] = colour[2] * light;
}
