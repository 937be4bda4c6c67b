import { file } from "@orchestrate/sdk";
import { chart, type Series } from "../charts/chart.ts";

/** A picture of how training went. */
export const curvesArtifact = file("image/svg+xml", "curves.svg");

/**
 * Draws what was told of each epoch, as SVG.
 *
 * @param kept the epoch whose weights were kept, marked by a dot on every line; undefined where it is the last.
 */
export function trainingCurves<Row extends { readonly epoch: number }>(
  title: string,
  history: readonly Row[],
  columns: readonly (keyof Row & string)[],
  kept?: Row,
): string {
  const read = (row: Row, column: keyof Row) => Number(row[column]);
  const lines = columns.map(
    (name): Series => ({
      name,
      draw: "line",
      points: history.map((row) => [row.epoch, read(row, name)] as const),
    }),
  );
  const mark: readonly Series[] =
    kept === undefined
      ? []
      : [{ name: "kept", draw: "dots", points: columns.map((name) => [kept.epoch, read(kept, name)] as const) }];
  return chart({ title, x: { label: "epoch" }, y: { label: "value" }, series: [...lines, ...mark] });
}
