import { parseInstanceId } from "../../core/graph/instance.ts";
import type { Json } from "../../core/pipeline/pipeline.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { formatNumber } from "../../io/terminal/format-number.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { fewGathered } from "../describe-decision.ts";
import { type Few, fewOfMany } from "../few-of-many.ts";
import { shortenPair } from "../shorten-pair.ts";
import type { Comparison, Difference, PhaseComparison } from "./compare-runs.ts";

/** A comparison for people: every difference on a line, `before → after`. */
export function describeComparison({ equal, run, phases }: Comparison): string {
  const counted = phases.filter(({ state }) => state === "equal").length;
  const alike = `${formatCount(counted, "phase")} ${counted === 1 ? "is" : "are"} equal.`;
  if (equal) return `No difference: ${alike}`;
  const changed = few(phases.filter(({ state }) => state === "changed"));
  const missing = few(phases.filter(({ state }) => state === "only in a" || state === "only in b"));
  const blocks = [
    ...(run.length === 0 ? [] : [`run\n${table(run.map(rowOf))}`]),
    ...changed.flatMap(({ phase, told, more }) => [
      ...told.map(describePhase),
      ...(more === 0 ? [] : [`${phase}: … and ${more} more; --json shows all.`]),
    ]),
    ...(missing.length === 0 ? [] : [missing.flatMap(describeMissing).join("\n")]),
    ...(counted === 0 ? [] : [alike]),
  ];
  return blocks.join("\n\n");
}

/** Instances of a large fan-out are alike where the same fields differ. */
function few(phases: readonly PhaseComparison[]): readonly Few<PhaseComparison>[] {
  return fewOfMany(phases, {
    phaseOf: ({ id }) => parseInstanceId(id).phase,
    kindOf: ({ state, causes, results }) =>
      JSON.stringify([state, causes.map(({ part, field }) => [part, field]), results.map(({ field }) => field)]),
  });
}

function describeMissing({ phase, told, more }: Few<PhaseComparison>): readonly string[] {
  const lines = told.map(({ id, state }) => `${id} is ${state}.`);
  return more === 0 ? lines : [...lines, `${phase}: … and ${more} more are ${told[0]?.state}.`];
}

function describePhase({ id, causes, results }: PhaseComparison): string {
  const made = fewGathered(causes).flatMap(({ part, shown, more }) => [
    ...shown.map(({ field, before, after }) =>
      rowOf({ field: field === null ? part : `${part} ${field}`, before, after }),
    ),
    ...(more === 0 ? [] : [[part, `… and ${more} more`]]),
  ]);
  return `${id}\n${table([...made, ...results.map(rowOf)])}`;
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
