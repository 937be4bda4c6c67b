import { StepError, z } from "@orchestrate/sdk";
import { type ColumnType, typeWords } from "../table/column-type.ts";
import type { Column, TableSchema } from "../table/table-schema.ts";

const Action = z.enum(["downcast", "fail"]);

/** Keeps numbers out of targets that would round them. */
export const PrecisionGuard = z.strictObject({
  /** The most digits of a number. */
  maxPrecision: z.number().int().min(1).max(38).default(38),
  /** What to do with a column of more: make it text, or stop. */
  violation: Action.default("fail"),
  /** What to do with a column whose digits are not declared; as `violation` where it is left out. */
  openPrecision: Action.optional(),
  /** Digits that such a column gets; `maxPrecision` where it is left out. */
  fallbackPrecision: z.number().int().min(1).max(38).optional(),
  /** Decimals that a column gets which declares none; those it has where it is left out. */
  fallbackScale: z.number().int().min(0).max(38).optional(),
});

export type PrecisionGuard = z.infer<typeof PrecisionGuard>;

/** What the guard found in a column, and did. */
export const PrecisionIssue = z.strictObject({
  column: z.string(),
  reason: z.string(),
  action: z.enum(["cast_to_string", "fallback_numeric", "fallback_scale", "fail"]),
  /** The type that the column gets. */
  becomes: z.string(),
});

export type PrecisionIssue = z.infer<typeof PrecisionIssue>;

/** What the guard makes of a schema. `digits` are the most that were observed of a column, where statistics tell. */
export interface Guarded {
  readonly status: "ok" | "adjusted" | "fatal";
  readonly schema: TableSchema;
  readonly issues: readonly PrecisionIssue[];
}

/** Looks at every decimal column; others hold what they say. */
export function guardPrecision(
  schema: TableSchema,
  guard: PrecisionGuard,
  digits: Readonly<Record<string, number>> = {},
): Guarded {
  const checked = schema.columns.map((column) => checkColumn(column, guard, digits[column.name]));
  const issues = checked.flatMap(({ issue }) => (issue === undefined ? [] : [issue]));
  const isFatal = issues.some(({ action }) => action === "fail");
  return {
    status: isFatal ? "fatal" : issues.length > 0 ? "adjusted" : "ok",
    schema: { ...schema, columns: checked.map(({ column }) => column) },
    issues,
  };
}

/** @throws StepError `precision-exceeded` (policy) */
export function refuseFatal({ status, issues }: Guarded): void {
  if (status !== "fatal") return;
  const fatal = issues.filter(({ action }) => action === "fail");
  throw new StepError({
    error: "precision-exceeded",
    category: "policy",
    detail: `Numbers may be rounded: ${fatal.map(({ column, reason }) => `${column} ${reason}`).join("; ")}.`,
    hint: "Set precision.violation or precision.openPrecision to downcast, or mend the source.",
  });
}

function checkColumn(
  column: Column,
  guard: PrecisionGuard,
  observed: number | undefined,
): { readonly column: Column; readonly issue?: PrecisionIssue } {
  const { type } = column;
  if (type.type !== "decimal") return { column };
  const { maxPrecision } = guard;
  const seen = Math.max(type.precision ?? 0, observed ?? 0);
  if (seen > maxPrecision) {
    return handled(column, guard.violation, `has ${seen} digits, and ${maxPrecision} are allowed`, {
      action: "cast_to_string",
      type: { type: "text", length: null },
    });
  }
  if (type.precision === null) {
    const scale = guard.fallbackScale ?? type.scale ?? 0;
    return handled(column, guard.openPrecision ?? guard.violation, "declares no number of digits", {
      action: "fallback_numeric",
      type: { type: "decimal", precision: guard.fallbackPrecision ?? maxPrecision, scale },
    });
  }
  if (type.scale === null && guard.fallbackScale !== undefined) {
    return handled(column, "downcast", "declares no number of decimals", {
      action: "fallback_scale",
      type: { ...type, scale: guard.fallbackScale },
    });
  }
  return { column };
}

function handled(
  column: Column,
  action: z.infer<typeof Action>,
  reason: string,
  cast: { readonly action: Exclude<PrecisionIssue["action"], "fail">; readonly type: ColumnType },
): { readonly column: Column; readonly issue: PrecisionIssue } {
  const becomes = action === "fail" ? column.type : cast.type;
  return {
    column: { ...column, type: becomes },
    issue: {
      column: column.name,
      reason,
      action: action === "fail" ? "fail" : cast.action,
      becomes: typeWords(becomes),
    },
  };
}
