import { OrchestrateError } from "@orchestrate/sdk";
import { findColumn } from "../table/table-schema.ts";
import { aggregates } from "./aggregates.ts";
import { type CheckConfig, checkName } from "./check-config.ts";
import type { CheckResult, Results, RowDifference } from "./check-result.ts";
import { checksum } from "./checksum.ts";
import type { Comparison, Outcome } from "./comparison.ts";
import { differences } from "./differences.ts";
import { groupedCount } from "./grouped-count.ts";
import { gravest } from "./judge.ts";
import { keyUniqueness } from "./key-uniqueness.ts";
import { rowCount } from "./row-count.ts";

/** What the checks of one comparison came to. */
export interface Checked {
  readonly results: Results;
  readonly rows: readonly RowDifference[];
}

/**
 * Carries out all checks, one after another; one that can't be carried out is an error of its own and stops no other.
 */
export async function runChecks(
  comparison: Omit<Comparison, "filter">,
  checks: readonly CheckConfig[],
  options: {
    readonly history: Readonly<Record<string, readonly number[]>>;
    readonly onCheck: (done: number, result: CheckResult) => void;
    readonly signal: AbortSignal;
  },
): Promise<Checked> {
  const rows: RowDifference[] = [];
  const results: CheckResult[] = [];
  for (const check of checks) {
    options.signal.throwIfAborted();
    const name = checkName(check);
    const outcome = await carriedOut(
      { ...comparison, filter: check.filter },
      check,
      options.history[name] ?? [],
      options.signal,
    );
    rows.push(...(outcome.rows ?? []));
    const result = toResult(check.type, name, outcome);
    results.push(result);
    options.onCheck(results.length, result);
  }
  return { results: summarised(comparison, results), rows };
}

async function carriedOut(
  comparison: Comparison,
  check: CheckConfig,
  history: readonly number[],
  signal: AbortSignal,
): Promise<Outcome> {
  if (!check.enabled) return { status: "skipped", detail: "It is not enabled." };
  const unknown = columnsNamed(check).find((name) => findColumn(comparison, name) === undefined);
  if (unknown !== undefined)
    return { status: "error", detail: `The column "${unknown}" does not stand on both sides.` };
  try {
    return await carryOut(comparison, check, history);
  } catch (error) {
    signal.throwIfAborted();
    const detail =
      error instanceof OrchestrateError ? error.detail : error instanceof Error ? error.message : String(error);
    return { status: "error", detail };
  }
}

function carryOut(comparison: Comparison, check: CheckConfig, history: readonly number[]): Promise<Outcome> {
  switch (check.type) {
    case "row_count":
      return rowCount(comparison, check, history);
    case "grouped_count":
      return groupedCount(comparison, check);
    case "key_uniqueness":
      return keyUniqueness(comparison, check);
    case "aggregates":
      return aggregates(comparison, check);
    case "checksum":
      return checksum(comparison, check);
    case "differences":
      return differences(comparison, check);
    default:
      return check satisfies never;
  }
}

function columnsNamed(check: CheckConfig): readonly string[] {
  if ("groupBy" in check) return check.groupBy;
  return "columns" in check ? (check.columns ?? []) : [];
}

function toResult(type: string, name: string, outcome: Outcome): CheckResult {
  const { status, detail, source = null, target = null, difference = null, percent = null, examples = [] } = outcome;
  return { type, name, status, detail, source, target, difference, percent, examples: [...examples] };
}

function summarised(
  { source, target }: Pick<Comparison, "source" | "target">,
  checks: readonly CheckResult[],
): Results {
  const counted = (status: CheckResult["status"]) => checks.filter((check) => check.status === status).length;
  return {
    schema: "orchestrate.ingest-results/1",
    source: source.label,
    target: target.label,
    status: checks.every(({ status }) => status === "skipped")
      ? "no_checks"
      : gravest(checks.map(({ status }) => status)),
    summary: {
      total: checks.length,
      passed: counted("pass"),
      warned: counted("warn"),
      failed: counted("fail"),
      errors: counted("error"),
      skipped: counted("skipped"),
    },
    checks: [...checks],
  };
}
