/** How long all metrics over all thresholds take on 1,000,000 scores: `node bench/vision/threshold-metrics.ts`. */
import { areaUnderRoc, averagePrecision, operatingPoint } from "../../steps/vision/src/metrics/operating-curves.ts";
import { riskCoverage } from "../../steps/vision/src/metrics/risk-coverage.ts";
import { spread } from "../../steps/vision/src/metrics/spread.ts";
import { generator } from "../../steps/vision/src/random/generator.ts";
import { curve } from "../../steps/vision/src/sweep/curve.ts";
import { fitPolicy } from "../../steps/vision/src/sweep/fit-policy.ts";
import { benchOptions } from "../bench-options.ts";
import { measure, median } from "../measure.ts";
import { columns, verdict } from "../report.ts";

const AT_MOST = 300;
const options = benchOptions(process.argv.slice(2));
const count = options.size === "quick" ? 20_000 : 1_000_000;
const { scores, labels } = sample();
const source = { classes: ["no", "yes"], model: "sha256:", fitted_on: [], calibration: null };

const results: number[] = [];
const processor: number[] = [];
const everything = {
  name: "all threshold metrics",
  run() {
    const before = process.cpuUsage();
    results.push(thresholdMetrics());
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1000);
  },
};
const rounds = {
  count: options.rounds ?? (options.size === "quick" ? 1 : 9),
  warmUp: options.size === "quick" ? 0 : 2,
};
const [timing] = measure([everything], rounds);
if (new Set(results).size !== 1) throw new Error("equal scores gave other metrics");
console.log(
  `Best MCC, selective threshold, MCC, ROC, PR and coverage–risk curves, AUROC, AP, AURC, AUGRC; ${count} scores`,
);
console.log(
  columns([
    [
      everything.name,
      `${timing!.median.toFixed(0)} ms`,
      `(${timing!.low.toFixed(0)}–${timing!.high.toFixed(0)})`,
      `at most ${AT_MOST} ms`,
      verdict(timing!.median, AT_MOST),
    ],
    ["processor time", `${median(processor).toFixed(0)} ms`],
  ]).join("\n"),
);

function thresholdMetrics(): number {
  const fitted = fitPolicy(scores, labels, source, 0.7);
  const points = curve(fitted, 1000);
  const operating = spread(fitted.scores.thresholds.length, 1000, fitted.chosen).map((cut) =>
    operatingPoint(fitted.scores, cut),
  );
  const { aurc, augrc } = riskCoverage(fitted.confidences);
  const areas = [areaUnderRoc(fitted.scores)!, averagePrecision(fitted.scores), aurc, augrc];
  return areas.reduce((sum, area) => sum + area, fitted.policy.threshold + points.threshold.length + operating.length);
}

function sample(): { readonly scores: Float64Array; readonly labels: Uint8Array } {
  const random = generator(1);
  const labels = Uint8Array.from({ length: count }, () => random.below(2));
  const scores = Float64Array.from(labels, (label) => 1 / (1 + Math.exp(-(random.normal() + 2 * label - 1))));
  return { scores, labels };
}
