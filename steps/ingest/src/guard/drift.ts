import { z } from "@orchestrate/sdk";
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
    case "uuid":
    case "json":
    case "binary":
      return type.type;
    case "other":
      return `other ${type.name}`;
    default:
      return type satisfies never;
  }
}
