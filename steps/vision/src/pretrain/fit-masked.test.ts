import { expect, it } from "vitest";
import { smallArchitecture } from "../network/fixtures/small-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { generator } from "../random/generator.ts";
import { decodeSafetensors } from "../weights/decode-safetensors.ts";
import { fitMasked } from "./fit-masked.ts";
import { maskedLayout } from "./masked-layout.ts";
import { MaskedOptions } from "./masked-options.ts";

const { classes: _, ...backbone } = smallArchitecture;
const random = generator(1);
const images = { size: 8, channels: 3, pixels: Uint8Array.from({ length: 192 }, () => random.below(256)) };
const still = { flip: false, shift: 0, zoom: 0, turn: 0, light: 0 };

async function fit(options: object) {
  const states: Uint8Array[] = [];
  const fitted = await fitMasked({
    objective: { kind: "masked", backbone },
    model: { architecture: backbone, preprocessing: { mean: [0.5, 0.5, 0.5], deviation: [0.3, 0.3, 0.3] } },
    start: { trained: initialValues(maskedLayout(backbone), 1), frozen: new Float32Array() },
    images,
    options: MaskedOptions.parse({ threads: 1, checkpointEvery: 1, augment: still, ...options }),
    seeds: { order: 1, masks: 2 },
    resume: undefined,
    onEpoch: () => {},
    onCheckpoint: async (state) => void states.push(state),
    signal: new AbortController().signal,
  });
  return { ...fitted, states };
}

it("gives the moving average of the weights", async () => {
  const { values, states } = await fit({ epochs: 3, lr: 0.01, averageDecay: 0.9 });
  const { tensors } = decodeSafetensors(states.at(-1)!, "state");
  expect(values).toEqual(tensors.get("average")!.data);
  expect(values).not.toEqual(tensors.get("values")!.data);
});

it("hides other patches in each epoch", async () => {
  const { history } = await fit({ epochs: 6, lr: 1e-12 });
  expect(new Set(history.map(({ loss }) => loss.toFixed(4))).size).toBeGreaterThan(1);
});
