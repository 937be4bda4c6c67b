import { StepError, z } from "@orchestrate/sdk";
import { type ColumnType, typeWords } from "../table/column-type.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import { unifyTypes } from "../table/unify.ts";

const Verdict = z.enum(["allow", "refuse"]);

/** What a source may change of its schema between two loads. */
export const DriftPolicy = z.strictObject({
  /** Refuses a load without a snapshot to compare with; the first load of all has none. */
  requireSnapshot: z.boolean().default(false),
  newColumns: Verdict.default("allow"),
  missingColumns: Verdict.default("allow"),
  /** A column became one of another class, as text for number. */
  typeMismatches: Verdict.default("allow"),
  /** A column became narrower within its class: fewer bits, digits, decimals or characters. */
  narrowing: Verdict.default("allow"),
  /** A column that was never null can be now. */
  nullability: Verdict.default("allow"),
});

export type DriftPolicy = z.infer<typeof DriftPolicy>;

/** One difference between the snapshot and what the source has now. */
export const Drift = z.strictObject({
  kind: z.enum(["new", "missing", "mismatch", "narrowing", "widening", "nullability"]),
  column: z.string(),
  expected: z.string().nullable(),
  observed: z.string().nullable(),
});

export type Drift = z.infer<typeof Drift>;

/** The differences in the order in which the policy looks at them; names are compared whatever their case. */
export function compareSchemas(expected: TableSchema, observed: TableSchema): readonly Drift[] {
  const both = expected.columns.flatMap((column) => {
    const now = findColumn(observed, column.name);
    return now === undefined ? [] : [{ before: column, now }];
  });
  const added = observed.columns.filter(({ name }) => findColumn(expected, name) === undefined);
  const gone = expected.columns.filter(({ name }) => findColumn(observed, name) === undefined);
  const order: readonly Drift["kind"][] = ["mismatch", "narrowing", "widening"];
  const types = both.flatMap(({ before, now }) => typeDrift(before.name, before.type, now.type));
  return [
    ...added.map(({ name, type }) => ({
      kind: "new" as const,
      column: name,
      expected: null,
      observed: typeWords(type),
    })),
    ...gone.map(({ name, type }) => ({
      kind: "missing" as const,
      column: name,
      expected: typeWords(type),
      observed: null,
    })),
    ...types.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
    ...both
      .filter(({ before, now }) => !before.nullable && now.nullable)
      .map(({ before }) => ({
        kind: "nullability" as const,
        column: before.name,
        expected: "not null",
        observed: "null",
      })),
  ];
}

/** @throws StepError `schema-drift` or `schema-snapshot-missing` (policy) */
export function refuseDrift(snapshot: TableSchema | undefined, drifts: readonly Drift[], policy: DriftPolicy): void {
  if (snapshot === undefined && policy.requireSnapshot) {
    throw new StepError({
      error: "schema-snapshot-missing",
      category: "policy",
      detail: "The drift policy requires a schema snapshot, and there is none to compare the source with.",
      hint: "Wire the input snapshot, to the schema of an ingest/harvest for example, or set drift.requireSnapshot to false.",
    });
  }
  const refused = drifts.filter(({ kind }) => isRefused(kind, policy));
  if (refused.length === 0) return;
  throw new StepError({
    error: "schema-drift",
    category: "policy",
    detail: `The source has changed in a way that the drift policy refuses: ${refused.map(driftWords).join("; ")}.`,
    hint: "Look at the source. To accept it, set the switch of drift to allow.",
  });
}

export function driftWords({ kind, column, expected, observed }: Drift): string {
  switch (kind) {
    case "new":
      return `column ${column} (${observed}) is new`;
    case "missing":
      return `column ${column} (${expected}) is missing`;
    case "mismatch":
      return `column ${column} was ${expected} and is ${observed}`;
    case "narrowing":
      return `column ${column} was ${expected} and is only ${observed}`;
    case "widening":
      return `column ${column} was ${expected} and is now ${observed}`;
    case "nullability":
      return `column ${column} was never null and can be now`;
    default:
      return kind satisfies never;
  }
}

function isRefused(kind: Drift["kind"], policy: DriftPolicy): boolean {
  switch (kind) {
    case "new":
      return policy.newColumns === "refuse";
    case "missing":
      return policy.missingColumns === "refuse";
    case "mismatch":
      return policy.typeMismatches === "refuse";
    case "narrowing":
      return policy.narrowing === "refuse";
    case "nullability":
      return policy.nullability === "refuse";
    case "widening":
      return false;
    default:
      return kind satisfies never;
  }
}

function typeDrift(column: string, before: ColumnType, now: ColumnType): readonly Drift[] {
  const [expected, observed] = [typeWords(before), typeWords(now)];
  if (expected === observed) return [];
  if (typeClass(before) !== typeClass(now)) return [{ kind: "mismatch", column, expected, observed }];
  const isWider = typeWords(unifyTypes(before, now)) === observed;
  return [{ kind: isWider ? "widening" : "narrowing", column, expected, observed }];
}

/** Types of one class hold values of one nature. What has no counterpart is a class by its name. */
function typeClass(type: ColumnType): string {
  switch (type.type) {
    case "integer":
    case "decimal":
    case "float":
      return "numeric";
    case "date":
    case "timestamp":
      return "time";
    case "boolean":
    case "text":
      return type.type;
    case "other":
      return `other ${type.name}`;
    default:
      return type satisfies never;
  }
}
