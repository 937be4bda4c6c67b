import { reliability } from "../metrics/reliability.ts";
import { chart, type Series } from "./chart.ts";

/** Accuracy over confidence, in bins, for one or more lists of probabilities of the same pictures, as SVG. */
export function reliabilityDiagram(
  title: string,
  labels: ArrayLike<number>,
  probabilities: Readonly<Record<string, Float64Array>>,
): string {
  const lines = Object.entries(probabilities).map(([name, values]): Series => {
    const { bins, ece } = reliability(values, labels);
    const points = bins.filter(({ count }) => count > 0).map((bin) => [bin.confidence, bin.accuracy] as const);
    return { name: `${name}: ECE ${ece.toFixed(3)}`, draw: "dots", points };
  });
  const ideal: Series = {
    name: "calibrated",
    draw: "dashes",
    points: [
      [0.5, 0.5],
      [1, 1],
    ],
  };
  return chart({
    title,
    x: { label: "confidence", from: 0.5, to: 1 },
    y: { label: "accuracy", from: 0, to: 1 },
    series: [...lines, ideal],
  });
}
