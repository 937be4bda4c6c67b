import type { Selection } from "../metrics/risk-coverage.ts";
import { spread } from "../metrics/spread.ts";
import { chart, type Series } from "./chart.ts";

/** Selective risk over coverage, for one or more ways to select, as SVG. */
export function coverageRiskPlot(title: string, ways: Readonly<Record<string, readonly Selection[]>>): string {
  const series = Object.entries(ways).map(([name, selections]): Series => {
    const shown = selections.filter(({ accepted }) => accepted > 0);
    const points = spread(shown.length, 500, 0).map((at) => [shown[at]!.coverage, shown[at]!.risk] as const);
    return { name, draw: "line", points };
  });
  return chart({ title, x: { label: "coverage", from: 0, to: 1 }, y: { label: "selective risk", from: 0 }, series });
}
