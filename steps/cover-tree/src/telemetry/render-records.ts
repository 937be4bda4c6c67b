import { StepError } from "@orchestrate/sdk";
import { unreachable } from "../unreachable.ts";
import { type FieldSummary, type MeasuredField, summarizeRecords } from "./summarize-records.ts";
import type { TelemetryRecord } from "./telemetry-record.ts";

const formats = ["md", "csv", "json"] as const;
export type RenderFormat = (typeof formats)[number];

/** @throws StepError `telemetry-format` (input). */
export function renderFormat(name: string): RenderFormat {
  const format = formats.find((each) => each === name);
  if (format !== undefined) return format;
  throw new StepError({
    error: "telemetry-format",
    category: "input",
    detail: `There is no format "${name}".`,
    hint: `The formats are ${formats.join(", ")}.`,
  });
}

/** The text of a summary: what was run, and each field over all batches. */
export function renderRecords(
  records: readonly TelemetryRecord[],
  format: RenderFormat,
  fields: readonly MeasuredField[],
): string {
  const run = runOf(records);
  const table = summarizeRecords(records, fields);
  switch (format) {
    case "md":
      return markdown(run, table);
    case "csv":
      return csv(run, table);
    case "json":
      return `${JSON.stringify({ ...run, fields: table }, null, 2)}\n`;
    default:
      return unreachable(format);
  }
}

function runOf(records: readonly TelemetryRecord[]) {
  const last = records.at(-1)!;
  const { schema, step, run_hash, distance, conflict, batch_order, prefix_schedule, points } = last;
  return { schema, step, run_hash, distance, conflict, batch_order, prefix_schedule, batches: records.length, points };
}

type Run = ReturnType<typeof runOf>;

function markdown(run: Run, table: readonly FieldSummary[]): string {
  const head = Object.entries(run).map(([key, value]) => `- ${key}: ${value}`);
  const rows = table.map(
    ({ metric, mean, p50, p90, p95, max, sum, samples }) =>
      `| ${metric} | ${[mean, p50, p90, p95, max, sum, samples].map(shown).join(" | ")} |`,
  );
  const title = "| metric | mean | p50 | p90 | p95 | max | sum | samples |";
  return [...head, "", title, "|---|---:|---:|---:|---:|---:|---:|---:|", ...rows, ""].join("\n");
}

function csv(run: Run, table: readonly FieldSummary[]): string {
  const pairs = [
    ...Object.entries(run),
    ...table.flatMap(({ metric, ...values }) =>
      Object.entries(values).map(([key, value]) => [`${metric}_${key}`, value]),
    ),
  ];
  return ["key,value", ...pairs.map(([key, value]) => `${key},${csvField(value)}`), ""].join("\n");
}

/** RFC 4180; a distance may be called anything. */
function csvField(value: string | number | undefined): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
