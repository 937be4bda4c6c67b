import { chart } from "../charts/chart.ts";
import type { Curve } from "./curve.ts";

/** The MCC curve, with the threshold that was chosen, as SVG. */
export function drawCurve({ threshold: points }: Curve, chosen: number): string {
  const line = points.map(({ threshold, mcc }) => [threshold, mcc] as const);
  return chart({
    title: "MCC over the decision threshold, on calib_fit",
    x: { label: "threshold", from: 0, to: 1 },
    y: { label: "MCC" },
    series: [
      { name: "MCC", draw: "line", points: line },
      {
        name: `chosen: ${chosen.toFixed(4)}`,
        draw: "dots",
        points: line.filter(([threshold]) => threshold === chosen),
      },
    ],
  });
}
