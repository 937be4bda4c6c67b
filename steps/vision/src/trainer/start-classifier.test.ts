import { expect, it } from "vitest";
import { startClassifier } from "./start-classifier.ts";

const images = (classes: readonly string[], size = 8) => ({
  size,
  channels: 3,
  classes,
  labels: Uint8Array.of(0, 1),
  pixels: new Uint8Array(2 * size * size * 3),
});
const shape = { patch: 4, width: 8, depth: 1, heads: 1 };
const none = { backbone: undefined, model: undefined };

it("a model is taken as it is, whatever seed there is, where classes, size and shape are its own", () => {
  const model = startClassifier(images(["clear", "works"]), shape, none, 1);
  expect(startClassifier(images(["clear", "works"]), {}, { ...none, model }, 2)).toBe(model);
});

it.each([
  [images(["clear", "snow"]), {}, "it knows clear, works, the images are clear, snow"],
  [images(["works", "clear"]), {}, "it knows clear, works, the images are works, clear"],
  [images(["clear", "works"], 16), {}, "it takes images of 8 pixels, these have 16"],
  [images(["clear", "works"]), { width: 16, depth: 2 }, "the config says width 16, not 8; depth 2, not 1"],
])("a model of others is refused (%#)", (other, config, why) => {
  const model = startClassifier(images(["clear", "works"]), shape, none, 1);
  expect(() => startClassifier(other, config, { ...none, model }, 1)).toThrow(
    `The model that training is to start from does not fit: ${why}.`,
  );
});
