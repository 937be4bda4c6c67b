import type { Generator } from "../random/generator.ts";
import type { Point } from "./canvas.ts";

/** Where the camera looks along the road. */
export interface View {
  /** Height of the horizon, in [0, 1] from the top. */
  readonly horizon: number;
  /** Where the road vanishes on the horizon. */
  readonly vanishing: number;
  /** The road's edges at the bottom of the picture. */
  readonly left: number;
  readonly right: number;
}

export function randomView(random: Generator): View {
  return {
    horizon: random.between(0.3, 0.48),
    vanishing: random.between(0.35, 0.65),
    left: random.between(-0.25, 0.12),
    right: random.between(0.88, 1.25),
  };
}

/** How large things are at a height of the picture: 0 at the horizon, 1 at the bottom. */
export function scaleAt({ horizon }: View, y: number): number {
  return (y - horizon) / (1 - horizon);
}

/** A point of the road: `across` from 0 at its left edge to 1 at its right one, at height `y`. */
export function onRoad(view: View, across: number, y: number): Point {
  const bottom = view.left + (view.right - view.left) * across;
  return [view.vanishing + (bottom - view.vanishing) * scaleAt(view, y), y];
}
