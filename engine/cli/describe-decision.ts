import type { Json } from "../core/pipeline/pipeline.ts";
import type { Decision, RunCause } from "../core/plan/decide.ts";
import type { Change } from "../core/plan/explain.ts";
import type { Explanation } from "./earlier-runs.ts";
import { shortenPair } from "./shorten-pair.ts";

/** Why an instance runs, is reused or can't be told yet, in one sentence. */
export function describeReason(decision: Decision, why: Explanation | undefined): string {
  switch (decision.type) {
    case "reuse":
      return `as in ${decision.candidate.run}`;
    case "pending":
      return `on ${decision.upstream.slice(0, 3).join(", ") || "what comes before"}`;
    case "run":
      return decision.cause === "nothing-to-reuse" ? describeNew(why) : CAUSES[decision.cause];
    default:
      return decision satisfies never;
  }
}

const CAUSES: Readonly<Record<Exclude<RunCause, "nothing-to-reuse">, string>> = {
  forced: "forced",
  "cache-off": "nothing is to be reused",
  "external-effects": "it changes something outside",
  "external-reads": "it reads the outside world, whose version is not known",
};

function describeNew(why: Explanation | undefined): string {
  if (why === undefined) return "no earlier run has a result of it";
  if (why.changes.length === 0) return `its artifacts of ${why.run} are gone or were changed`;
  return `changed since ${why.run}`;
}

/** Changes in words, a line each; of the instances that an input gathers only some. */
export function describeChanges(changes: readonly Change[]): readonly string[] {
  return fewGathered(changes).flatMap(({ part, shown, more }) => [
    ...shown.map(describeChange),
    ...(more === 0 ? [] : [`${part}: … and ${more} more`]),
  ]);
}

/** Changes part by part; of the instances that an input gathers the first few, and how many more there are. */
export function fewGathered(
  changes: readonly Change[],
): readonly { readonly part: string; readonly shown: readonly Change[]; readonly more: number }[] {
  return [...Map.groupBy(changes, ({ part }) => part)].map(([part, all]) => {
    const shown = part.startsWith("inputs.") ? all.slice(0, GATHERED) : all;
    return { part, shown, more: all.length - shown.length };
  });
}

const GATHERED = 6;

/** One change in words: `config.epochs: 8 → 2`. */
function describeChange({ part, field, before, after }: Change): string {
  const name = nameOfChange({ part, field });
  if (part.startsWith("env.")) return `${name}: its value changed`;
  const [was, is] = shortenPair(textOf(before), textOf(after), LONGEST);
  if (before === null) return `${name}: ${is} (new)`;
  if (after === null) return `${name}: ${was} (gone)`;
  return `${name}: ${was} → ${is}`;
}

/** `config.epochs`; `inputs.metrics[0.1]` of a gathered instance. */
function nameOfChange({ part, field }: Pick<Change, "part" | "field">): string {
  if (field === null || field === "") return part;
  return part.startsWith("inputs.") ? `${part}[${field}]` : `${part}.${field}`;
}

const LONGEST = 58;

function textOf(value: Json): string {
  if (typeof value === "string" && /^sha(256|512)[:-]/.test(value)) return value.slice(0, 15);
  return JSON.stringify(value);
}
