import type { Generator } from "../random/generator.ts";
import { blankCanvas, type Canvas } from "./canvas.ts";
import { drawLandscape } from "./draw-landscape.ts";
import { drawRoadworks } from "./draw-roadworks.ts";
import { drawTraffic } from "./draw-traffic.ts";
import { randomView } from "./view.ts";

/** What a scene shows. */
export type SceneContent = "clear" | "roadworks";

/** A rendered scene, and what it was rendered with. */
export interface Scene {
  /** [size, size, 3] bytes. */
  readonly pixels: Uint8Array;
  readonly metadata: { readonly light: "dim" | "even" | "bright"; readonly haze: boolean };
}

/** Canvas pixels along each side of a picture's pixel. */
const oversampling = 4;

/**
 * Renders a road seen through a windscreen, with or without roadworks. Everything but the roadworks
 * comes from the same distribution in both.
 */
export function renderScene(content: SceneContent, size: number, random: Generator): Scene {
  const canvas = blankCanvas(size * oversampling);
  const view = randomView(random);
  drawLandscape(canvas, view, random);
  if (content === "roadworks") drawRoadworks(canvas, view, random);
  drawTraffic(canvas, view, random);
  return expose(canvas, size, random);
}

/** Averages the canvas down to the picture, under a light, a haze and a noise of its own. */
function expose({ side, values }: Canvas, size: number, random: Generator): Scene {
  const light = random.between(0.55, 1.2);
  const warmth = random.between(-0.06, 0.06);
  const tint = [1 + warmth, 1, 1 - warmth];
  const haze = random.next() < 0.25 ? random.between(0.1, 0.4) : 0;
  const noise = random.between(0.01, 0.035);
  const pixels = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const mean = meanOfBlock(values, side, x * oversampling, y * oversampling, channel);
        const lit = mean * light * tint[channel]!;
        const value = lit + (0.7 - lit) * haze + random.normal() * noise;
        pixels[(y * size + x) * 3 + channel] = Math.min(255, Math.max(0, Math.round(value * 255)));
      }
    }
  }
  return { pixels, metadata: { light: light < 0.75 ? "dim" : light < 1 ? "even" : "bright", haze: haze > 0 } };
}

function meanOfBlock(values: Float32Array, side: number, left: number, top: number, channel: number): number {
  let sum = 0;
  for (let row = top; row < top + oversampling; row++) {
    for (let column = left; column < left + oversampling; column++) sum += values[(row * side + column) * 3 + channel]!;
  }
  return sum / oversampling ** 2;
}
