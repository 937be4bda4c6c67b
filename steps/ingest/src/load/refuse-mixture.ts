import { StepError } from "@orchestrate/sdk";
import type { Strategy } from "../endpoint/endpoint.ts";
import { isHistory } from "../sql/history.ts";
import type { TableSchema } from "../table/table-schema.ts";

/** A load's strategy and tables. */
export interface Mixture {
  readonly strategy: Strategy;
  readonly source: TableSchema;
  /** The target as it is; undefined where it is not there. */
  readonly target: TableSchema | undefined;
  readonly label: string;
}

/**
 * A history holds versions of rows, any other table holds rows; neither can be made of the other without losing some.
 *
 * @throws StepError `target-of-another-strategy`
 */
export function refuseMixture({ strategy, source, target, label }: Mixture): void {
  if (target === undefined) return;
  // A source may be a history itself, and is then loaded as any table.
  const holdsVersions = isHistory(target) && (strategy === "scd2" || !isHistory(source));
  if (holdsVersions === (strategy === "scd2")) return;
  throw new StepError({
    error: "target-of-another-strategy",
    category: "input",
    detail: holdsVersions
      ? `The target ${label} is a history of versions, which the strategy ${strategy} would not keep.`
      : `The target ${label} holds rows without a history, and the strategy scd2 would add versions to them.`,
    hint: "Load into another table, with a state of its own: name a phase for it.",
  });
}
