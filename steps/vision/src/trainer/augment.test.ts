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

/** What is drawn where all draws between two bounds come out as the upper one, and nothing is mirrored. */
function drawUpper(options: Partial<typeof none>): Float32Array {
  const target = new Float32Array(image.length);
  const upper = { next: () => 0.5, between: (_: number, high: number) => high, below: () => 0, normal: () => 0 };
  augment(image, size, { ...none, ...options }, upper, target);
  return target;
}

const redOf = (pixels: ArrayLike<number>, x: number, y: number) => pixels[(y * size + x) * 3]!;
const everyPlace = Array.from({ length: size * size }, (_, at) => [at % size, Math.floor(at / size)] as const);

describe("augment", () => {
  it("turns an image about its middle", () => {
    const drawn = drawUpper({ turn: 90 });
    for (const [x, y] of everyPlace) expect(redOf(drawn, x, y)).toBeCloseTo(redOf(image, size - 1 - y, x), 3);
  });

  it("moves an image by a share of its side, repeating its edge", () => {
    const drawn = drawUpper({ shift: 0.5 });
    const beyond = (at: number) => Math.min(size - 1, at + 3);
    for (const [x, y] of everyPlace) expect(redOf(drawn, x, y)).toBe(redOf(image, beyond(x), beyond(y)));
  });

  it("scales an image about its middle, between pixels by their distance", () => {
    const drawn = drawUpper({ zoom: 0.5 });
    // From the middle, 2.5, the pixel at 3 lies half a pixel away, and shows what lies three quarters of one away:
    // 3.25.
    const along = (y: number) => 0.75 * redOf(image, 3, y) + 0.25 * redOf(image, 4, y);
    expect(redOf(drawn, 3, 3)).toBeCloseTo(0.75 * along(3) + 0.25 * along(4), 3);
  });

  it("changes contrast about the middle grey, and brightness by a share of it", () => {
    const drawn = drawUpper({ light: 0.25 });
    for (const [at, value] of drawn.entries()) expect(value).toBeCloseTo((image[at]! - 128) * 1.25 + 128 + 32, 3);
  });

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
