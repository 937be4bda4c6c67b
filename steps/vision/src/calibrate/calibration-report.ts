import { json, z } from "@orchestrate/sdk";
import { ScoreMetrics, scoreMetrics } from "../metrics/score-metrics.ts";

/** What a map does to predictions that it was not fitted to. */
export const CalibrationReport = z.strictObject({
  schema: z.literal("vision.calibration-report/1"),
  method: z.string(),
  /** Pictures of calib_fit that the map was fitted to, and of the other half, which it is reported on. */
  fitted: z.number().int(),
  reported: z.number().int(),
  before: ScoreMetrics,
  after: ScoreMetrics,
  /** before − after. */
  ece_reduction: z.number(),
});
export type CalibrationReport = z.infer<typeof CalibrationReport>;

export const calibrationReportArtifact = json("report.json", CalibrationReport, { kind: "vision/calibration-report" });

export function calibrationReport(
  method: string,
  fitted: number,
  labels: Uint8Array,
  before: Float64Array,
  after: Float64Array,
): CalibrationReport {
  const [first, second] = [scoreMetrics(before, labels), scoreMetrics(after, labels)];
  return {
    schema: "vision.calibration-report/1",
    method,
    fitted,
    reported: labels.length,
    before: first,
    after: second,
    ece_reduction: first.ece - second.ece,
  };
}
