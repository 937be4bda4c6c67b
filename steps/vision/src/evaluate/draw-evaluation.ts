import { chart } from "../charts/chart.ts";
import { contactSheet, type Print } from "../charts/contact-sheet.ts";
import { coverageRiskPlot } from "../charts/coverage-risk-plot.ts";
import type { Split } from "../images/image-set.ts";
import { pixelsAt } from "../images/pixels.ts";
import { cuts } from "../metrics/cuts.ts";
import { operatingPoint } from "../metrics/operating-curves.ts";
import { rankConfidences, rankScores } from "../metrics/ranked-scores.ts";
import { selectionAt } from "../metrics/risk-coverage.ts";
import { spread } from "../metrics/spread.ts";
import type { Hard, HardExamples } from "./evaluation.ts";

/** ROC, precision–recall and coverage–risk curves, as SVG. */
export function drawCurves(probabilities: Float64Array, labels: ArrayLike<number>) {
  const ranked = rankScores(probabilities, labels);
  const all = cuts(ranked);
  const points = spread(all.thresholds.length, 1000, 0).map((cut) => operatingPoint(all, cut));
  const confidences = cuts(rankConfidences(ranked));
  const selections = Array.from(confidences.thresholds.keys(), (cut) => selectionAt(confidences, cut));
  const unit = { from: 0, to: 1 } as const;
  return {
    roc: chart({
      title: "ROC on val_test",
      x: { label: "false positive rate", ...unit },
      y: { label: "true positive rate", ...unit },
      series: [
        { name: "model", draw: "line", points: points.map(({ fpr, tpr }) => [fpr, tpr]) },
        {
          name: "chance",
          draw: "dashes",
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    }),
    precisionRecall: chart({
      title: "Precision over recall on val_test",
      x: { label: "recall", ...unit },
      y: { label: "precision", ...unit },
      series: [{ name: "model", draw: "line", points: points.map(({ tpr, precision }) => [tpr, precision]) }],
    }),
    coverageRisk: coverageRiskPlot("Selective risk over coverage on val_test", { confidence: selections }),
  };
}

/** The contact sheet of hard examples, as SVG. */
export function drawHardExamples(hard: HardExamples, split: Split): Promise<string> {
  const rows = [
    { heading: `called ${split.classes[1]}, is ${split.classes[0]}`, prints: hard.false_positives },
    { heading: `called ${split.classes[0]}, is ${split.classes[1]}`, prints: hard.false_negatives },
    { heading: "called right, with little confidence", prints: hard.low_confidence_correct },
  ];
  const places = new Map(split.names.map((name, place) => [name, place]));
  const print = ({ name, probability }: Hard): Print => ({
    pixels: pixelsAt(split, places.get(name)!),
    caption: [name, `p ${probability.toFixed(3)}`],
  });
  return contactSheet(
    "Hard examples of val_test",
    rows.map(({ heading, prints }) => ({ heading: `${heading}: ${prints.length}`, prints: prints.map(print) })),
    split.size,
  );
}
