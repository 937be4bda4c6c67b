import { describe, expect, it } from "vitest";
import { generator } from "../random/generator.ts";
import { blankCanvas, fillBox, fillEllipse, fillPolygon } from "./canvas.ts";
import { renderScene } from "./render-scene.ts";
import { renderScenes, sceneClasses } from "./render-scenes.ts";

describe("renderScenes", () => {
  it("gives equal scenes for a seed, each by itself, and others for another seed", () => {
    const many = renderScenes(12, 16, sceneClasses, 5);
    expect(renderScenes(12, 16, sceneClasses, 5)).toEqual(many);
    expect(renderScenes(4, 16, sceneClasses, 5)).toEqual(many.slice(0, 4));
    expect(renderScenes(12, 16, sceneClasses, 6)).not.toEqual(many);
    expect(new Set(many.map(({ source }) => source)).size).toBe(12);
    expect(many.map(({ label }) => label)).toEqual(Array.from({ length: 12 }, (_, index) => index % 2));
  });

  it("labels by the order of classes", () => {
    const [first] = renderScenes(1, 8, ["roadworks", "clear"], 5);
    expect(first).toMatchObject({ name: "clear/000000", label: 1 });
  });

  it("shows more orange where there are roadworks, though not enough to tell them by it alone", () => {
    const orange = (content: "clear" | "roadworks", seed: number) => {
      const { pixels } = renderScene(content, 32, generator(seed));
      let count = 0;
      for (let index = 0; index < pixels.length; index += 3) {
        if (pixels[index]! > 2 * pixels[index + 2]! && pixels[index]! > 1.3 * pixels[index + 1]!) count++;
      }
      return count;
    };
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const clear = seeds.map((seed) => orange("clear", seed));
    const works = seeds.map((seed) => orange("roadworks", seed));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(works)).toBeGreaterThan(1.3 * mean(clear));
    expect(Math.max(...clear)).toBeGreaterThan(Math.min(...works));
  });
});

describe("a canvas", () => {
  const area = (draw: (canvas: ReturnType<typeof blankCanvas>) => void) => {
    const canvas = blankCanvas(100);
    draw(canvas);
    return canvas.values.filter((value, index) => index % 3 === 0 && value > 0).length / 100 ** 2;
  };

  it("fills the area of what is drawn, and nothing beyond its edge", () => {
    expect(area((canvas) => fillBox(canvas, 0.25, 0.25, 0.75, 0.5, [1, 1, 1]))).toBeCloseTo(0.125, 2);
    expect(area((canvas) => fillBox(canvas, -5, -5, 0.5, 5, [1, 1, 1]))).toBeCloseTo(0.5, 2);
    expect(area((canvas) => fillEllipse(canvas, [0.5, 0.5], 0.3, 0.2, [1, 1, 1]))).toBeCloseTo(Math.PI * 0.06, 1);
    const triangle = [
      [0, 1],
      [1, 1],
      [0.5, 0],
    ] as const;
    expect(area((canvas) => fillPolygon(canvas, triangle, [1, 1, 1]))).toBeCloseTo(0.5, 2);
  });
});
