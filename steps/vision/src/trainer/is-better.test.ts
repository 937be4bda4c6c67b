import { describe, expect, it } from "vitest";
import type { EpochRow } from "./epoch-row.ts";
import { isBetter, matthewsResolution } from "./is-better.ts";

const rows = (values: readonly (readonly [mcc: number, loss: number])[]): EpochRow[] =>
  values.map(([mcc, val_loss], index) => ({
    epoch: index + 1,
    train_loss: 0.5,
    val_loss,
    mcc,
    accuracy: 0.7,
    lr: 0.001,
  }));

/** The epoch that is kept in the end. */
function keptOf(values: readonly (readonly [mcc: number, loss: number])[], resolution: number): number | undefined {
  let kept: EpochRow | undefined;
  const history: EpochRow[] = [];
  for (const row of rows(values)) {
    history.push(row);
    if (isBetter(row, kept, history, resolution)) kept = row;
  }
  return kept?.epoch;
}

describe("isBetter", () => {
  it.each([
    ["the only epoch, however poor", [[-0.5, 9]], 1],
    [
      "greater MCC in spite of its loss",
      [
        [0.5, 0.1],
        [0.8, 0.9],
      ],
      2,
    ],
    [
      "greater MCC against a later and smaller loss",
      [
        [0.8, 0.9],
        [0.5, 0.1],
      ],
      1,
    ],
    [
      "the smaller loss of equal MCC",
      [
        [0.8, 0.5],
        [0.8, 0.4],
        [0.8, 0.6],
      ],
      2,
    ],
    [
      "the first of equals",
      [
        [0.8, 0.5],
        [0.8, 0.5],
      ],
      1,
    ],
    [
      "the smaller loss where one image makes the difference",
      [
        [1, 0.3],
        [0.95, 0.1],
      ],
      2,
    ],
    [
      "no slide downhill, one image at a time",
      [
        [1, 0.3],
        [0.95, 0.2],
        [0.9, 0.1],
      ],
      2,
    ],
    [
      "what is left once a better one has shown the kept one too poor",
      [
        [0.9, 0.1],
        [0.94, 0.2],
        [1, 0.5],
      ],
      3,
    ],
  ] as const)("keeps %s", (_, values, expected) => {
    expect(keptOf(values, 0.05)).toBe(expected);
  });

  it("goes by MCC alone where an image makes no difference", () => {
    expect(
      keptOf(
        [
          [0.9, 0.9],
          [0.899, 0.1],
        ],
        0,
      ),
    ).toBe(1);
  });
});

describe("matthewsResolution", () => {
  it("is one part in the rarer class", () => {
    expect(matthewsResolution(Uint8Array.of(0, 1, 1, 1, 0))).toBe(0.5);
    expect(matthewsResolution(Uint8Array.of(1, 1))).toBe(1);
  });
});
