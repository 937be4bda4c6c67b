import type { Json } from "../../core/pipeline/pipeline.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { formatNumber } from "../../io/terminal/format-number.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { shortenPair } from "../shorten-pair.ts";
import type { Comparison, Difference, PhaseComparison } from "./compare-runs.ts";

/** A comparison for people: every difference on a line, `before → after`. */
export function describeComparison({ equal, run, phases }: Comparison): string {
  const counted = phases.filter(({ state }) => state === "equal").length;
  const alike = `${formatCount(counted, "phase")} ${counted === 1 ? "is" : "are"} equal.`;
  if (equal) return `No difference: ${alike}`;
  const missing = phases.filter(({ state }) => state === "only in a" || state === "only in b");
  const blocks = [
    ...(run.length === 0 ? [] : [`run\n${table(run.map(rowOf))}`]),
    ...phases.filter(({ state }) => state === "changed").map(describePhase),
    ...(missing.length === 0 ? [] : [missing.map(({ id, state }) => `${id} is ${state}.`).join("\n")]),
    ...(counted === 0 ? [] : [alike]),
  ];
  return blocks.join("\n\n");
}

function describePhase({ id, causes, results }: PhaseComparison): string {
  const rows = [
    ...causes.map(({ part, field, before, after }) => ({
      field: field === null ? part : `${part} ${field}`,
      before,
      after,
    })),
    ...results,
  ].map(rowOf);
  return `${id}\n${table(rows)}`;
}

function rowOf({ field, before, after }: Difference): readonly string[] {
  const [was, is] = shortenPair(textOf(before), textOf(after), LONGEST);
  return [field, was, "→", is];
}

function table(rows: readonly (readonly string[])[]): string {
  return formatTable(rows, { indent: "  " });
}

const LONGEST = 48;

function textOf(value: Json): string {
  if (value === null) return "–";
  if (typeof value === "number") return formatNumber(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /^sha(256|512)[:-]/.test(text) ? text.slice(0, 19) : text;
}
