import { basename } from "node:path";
import { parseInstanceId } from "../../core/graph/instance.ts";
import { unreachable } from "../../core/unreachable.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { painter } from "../../io/terminal/paint.ts";
import { fewOfMany } from "../few-of-many.ts";
import type { Invocation } from "../invocation.ts";
import type { Untold, Verdict } from "./judge-reproduction.ts";

/** Which results came out the same, and why others did not. */
export function describeReproduction(
  { colour }: Pick<Invocation, "colour">,
  directory: string,
  verdicts: readonly Verdict[],
): string {
  const paint = painter(colour);
  const same = verdicts.filter(({ verdict }) => verdict === "same").length;
  const mark = ({ verdict }: Verdict) => (verdict === "same" ? paint("green", "✓") : paint("red", "✗"));
  const words = { phaseOf: ({ id }: Verdict) => parseInstanceId(id).phase, kindOf: wordsOf };
  const rows = fewOfMany(verdicts, words).flatMap(({ phase, told, more }) => [
    ...told.map((verdict) => [mark(verdict), verdict.id, wordsOf(verdict)]),
    ...(more === 0 ? [] : [[mark(told[0]!), phase, `… and ${more} more likewise; --json shows all`]]),
  ]);
  const what = `${same} of ${formatCount(verdicts.length, "phase")} gave the same results again`;
  return [`${basename(directory)}: ${what}`, formatTable(rows, { indent: "  " })].join("\n");
}

function wordsOf({ verdict, outputs, causes, untold }: Verdict): string {
  const parts = [...new Set(causes.map(({ part }) => part))];
  switch (verdict) {
    case "same":
      return parts.length === 0 ? "" : `the same, though ${differ(parts)}`;
    case "missing":
      return "was not made again";
    case "different":
      if (outputs.length === 0) return "was not there the first time";
      return parts.length === 0
        ? `${differ(outputs)}, made of the same: ${[...untold.map((what) => UNTOLD[what]), "the step is not deterministic"].join(", or ")}`
        : `${differ(outputs)}, and so does what it was made of: ${parts.join(", ")}`;
    default:
      return unreachable(verdict);
  }
}

const UNTOLD: Readonly<Record<Untold, string>> = {
  secrets: "a secret is another one",
  outside: "what it reads outside is",
};

function differ(names: readonly string[]): string {
  return `${names.join(", ")} ${names.length === 1 ? "differs" : "differ"}`;
}
