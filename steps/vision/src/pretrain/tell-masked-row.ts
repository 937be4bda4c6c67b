import type { StepContext } from "@orchestrate/sdk";
import { describeMaskedRow, type MaskedRow } from "./masked-row.ts";

/** Tells of an epoch, by what a step has to tell with. */
export function tellMaskedRow(
  { progress, log, metric }: Pick<StepContext, "progress" | "log" | "metric">,
  row: MaskedRow,
  epochs: number,
): void {
  progress(row.epoch, epochs, `loss ${row.loss.toFixed(3)}`);
  log.info(describeMaskedRow(row));
  metric("loss", row.loss, row.epoch);
}
