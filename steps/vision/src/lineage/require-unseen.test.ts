import { describe, expect, it } from "vitest";
import { madeOrigin } from "../fixtures/made-origin.ts";
import { unite } from "./fitted-on.ts";
import { requireUnseen } from "./require-unseen.ts";

const conformal = madeOrigin("calib_conformal");
const check = (...fittedOn: Parameters<typeof requireUnseen>[2]) =>
  requireUnseen("vision/scrc", "the gate", fittedOn, conformal);

describe("requireUnseen", () => {
  it("lets pass what was fitted to other splits of the same cut, and to pixels from elsewhere", () => {
    check(
      { ...madeOrigin("train"), labelled: true },
      { ...madeOrigin("calib_fit"), labelled: true },
      { ...madeOrigin("train", "other cut", "other pool"), labelled: false },
    );
  });

  it.each([
    ["the split itself", { ...conformal, labelled: true }, "it was fitted on calib_conformal."],
    ["its pixels alone", { ...conformal, labelled: false }, "it was fitted on calib_conformal."],
    [
      "another cut of the same pictures",
      { ...madeOrigin("train", "other cut"), labelled: false },
      "it was fitted on train of another cut, which may share pictures with it.",
    ],
    [
      "labels of another pool",
      { ...madeOrigin("train", "other cut", "other pool"), labelled: true },
      "it was fitted on train of another cut, which may share pictures with it.",
    ],
  ])("refuses %s", (_, entry, why) => {
    expect(() => check({ ...madeOrigin("train"), labelled: true }, entry)).toThrow(
      expect.objectContaining({
        code: "lineage-touches-split",
        category: "policy",
        detail: `vision/scrc must not use the gate on calib_conformal: ${why}`,
      }),
    );
  });
});

describe("unite", () => {
  it("names each origin once, labelled where one says so, in one order", () => {
    const train = { ...madeOrigin("train"), labelled: false };
    const other = { ...madeOrigin("val_select"), labelled: true };
    const united = unite([train], [other, { ...train, labelled: true }]);
    expect(united).toEqual(unite([other, { ...train, labelled: true }], [train]));
    expect(united).toHaveLength(2);
    expect(united).toContainEqual({ ...train, labelled: true });
  });
});
