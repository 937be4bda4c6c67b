import type { SplitName } from "./split-kinds.ts";

/** A record with the value of `of` for each split. */
export function bySplit<T>(of: (name: SplitName) => T): Record<SplitName, T> {
  return {
    train: of("train"),
    val_select: of("val_select"),
    calib_fit: of("calib_fit"),
    calib_conformal: of("calib_conformal"),
    val_test: of("val_test"),
  };
}
