import { StepError } from "@orchestrate/sdk";
import type { TelemetryRecord } from "./telemetry-record.ts";

/** The measured fields of a batch. */
const measured = [
  "batch_size",
  "candidates",
  "selected",
  "dominated",
  "domination_ratio",
  "conflicts",
  "rounds",
  "evaluations",
] as const satisfies (keyof TelemetryRecord)[];
export type MeasuredField = (typeof measured)[number];

/** One field over all batches. */
export interface FieldSummary {
  readonly metric: MeasuredField;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly max: number;
  readonly sum: number;
  readonly samples: number;
}

/** The fields that are asked for; all where none is. @throws StepError `telemetry-field` (input). */
export function summaryFields(names: readonly string[] | undefined): readonly MeasuredField[] {
  if (names === undefined) return measured;
  return names.map((name) => {
    const field = measured.find((each) => each === name.trim());
    if (field !== undefined) return field;
    throw new StepError({
      error: "telemetry-field",
      category: "input",
      detail: `There is no field "${name}" in a record of a batch.`,
      hint: `The fields are ${measured.join(", ")}.`,
    });
  });
}

/** @param records at least one. */
export function summarizeRecords(
  records: readonly TelemetryRecord[],
  fields: readonly MeasuredField[],
): readonly FieldSummary[] {
  return fields.map((metric) => {
    const values = records.map((record) => record[metric]).sort((a, b) => a - b);
    const sum = values.reduce((total, value) => total + value, 0);
    const quantile = (share: number) => values[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)]!;
    return {
      metric,
      mean: sum / values.length,
      p50: quantile(0.5),
      p90: quantile(0.9),
      p95: quantile(0.95),
      max: values.at(-1)!,
      sum,
      samples: values.length,
    };
  });
}
