import { digestOf } from "../digest.ts";
import type { Picture } from "../images/image-set.ts";
import { generator } from "../random/generator.ts";
import { renderScene, type SceneContent } from "./render-scene.ts";

/** Class names of rendered scenes; roadworks are positive unless said otherwise. */
export const sceneClasses: readonly [SceneContent, SceneContent] = ["clear", "roadworks"];

/** Renders `count` scenes, the two classes by turns; scene number i depends on seed and i alone. */
export function renderScenes(count: number, size: number, classes: readonly string[], seed: number): Picture[] {
  return Array.from({ length: count }, (_, index) => {
    const content = sceneClasses[index % 2]!;
    const { pixels, metadata } = renderScene(content, size, generator(seed, index));
    const name = `${content}/${String(index).padStart(6, "0")}`;
    return { name, label: classes.indexOf(content), source: digestOf(pixels), pixels, metadata };
  });
}
