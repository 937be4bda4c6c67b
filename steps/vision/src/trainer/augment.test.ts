import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generator } from "../random/generator.ts";
import { augment } from "./augment.ts";

const size = 6;
const image = Uint8Array.from({ length: size * size * 3 }, (_, index) => (index * 37) % 256);
const none = { flip: false, shift: 0, zoom: 0, turn: 0, light: 0 };

const draw = (options: Partial<typeof none>, seed: number, source = image) => {
  const target = new Float32Array(source.length);
  augment(source, size, { ...none, ...options }, generator(seed), target);
  return target;
};

describe("augment", () => {
  it("leaves an image as it is where nothing is to change", () => {
    expect([...draw({}, 1)]).toEqual([...image]);
  });

  it("mirrors about half of the images, and those exactly", () => {
    const mirrored = [...image].map((_, index) => {
      const pixel = Math.floor(index / 3);
      const column = pixel % size;
      return image[(pixel - column + size - 1 - column) * 3 + (index % 3)]!;
    });
    let turned = 0;
    for (let seed = 0; seed < 200; seed++) {
      const drawn = [...draw({ flip: true }, seed)];
      const isMirrored = drawn[0] === mirrored[0];
      expect(drawn).toEqual(isMirrored ? mirrored : [...image]);
      if (isMirrored) turned++;
    }
    expect(turned).toBeGreaterThan(70);
    expect(turned).toBeLessThan(130);
  });

  it("keeps an even picture even, however it is moved, scaled and turned", () => {
    const even = new Uint8Array(image.length).fill(90);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const drawn = draw({ flip: true, shift: 0.5, zoom: 0.5, turn: 180 }, seed, even);
        return drawn.every((value) => Math.abs(value - 90) < 1e-4);
      }),
    );
  });

  it("changes light for all pixels alike, around the middle grey", () => {
    const drawn = draw({ light: 0.5 }, 3);
    const slope = (drawn[3]! - drawn[0]!) / (image[3]! - image[0]!);
    for (const [index, value] of drawn.entries()) {
      expect(value).toBeCloseTo(drawn[0]! + slope * (image[index]! - image[0]!), 3);
    }
    expect(slope).not.toBe(1);
  });

  it("stays within the range of the picture where only its shape changes", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const drawn = draw({ shift: 0.3, zoom: 0.3, turn: 45 }, seed);
        return drawn.every((value) => value >= 0 && value <= 255);
      }),
    );
  });
});
