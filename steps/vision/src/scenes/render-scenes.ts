import { createHash } from "node:crypto";
import type { Picture } from "../images/image-set.ts";
import { generator } from "../random/generator.ts";
import { renderScene } from "./render-scene.ts";

/** Class names of rendered scenes; roadworks are positive. */
export const sceneClasses: readonly [string, string] = ["clear", "roadworks"];

/** Renders `count` scenes, the two classes by turns; scene number i depends on seed and i alone. */
export function renderScenes(count: number, size: number, seed: number): Picture[] {
  return Array.from({ length: count }, (_, index) => {
    const label = index % 2;
    const pixels = renderScene(label === 1 ? "roadworks" : "clear", size, generator(seed, index));
    const source = `sha256:${createHash("sha256").update(pixels).digest("hex")}`;
    return { name: `${sceneClasses[label]}/${String(index).padStart(6, "0")}`, label, source, pixels };
  });
}
