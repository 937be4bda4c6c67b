import { StepError } from "@orchestrate/sdk";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import type { Endpoint, OpenEndpoint } from "../endpoint/endpoint.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { unifyTypes } from "../table/unify.ts";
import type { Comparison } from "./comparison.ts";
import { type FoundSide, findSide, makeSide } from "./side.ts";

interface Place {
  readonly endpoint: Endpoint;
  readonly open: OpenEndpoint;
}

/**
 * Makes two tables comparable in the columns that both have.
 *
 * @throws StepError `side-missing` where there is no table: a side that is not there agrees with nothing.
 */
export async function compareSides(
  source: Place,
  target: Place,
  wantedKey: readonly string[],
  duckdb: DuckConnection,
): Promise<Omit<Comparison, "filter">> {
  const sides = [await found(source, "source"), await found(target, "target")] as const;
  const [from, to] = [columnsOfOther(sides[0], sides[1]), columnsOfOther(sides[1], sides[0])];
  const columns = from.schema.columns.flatMap(({ name, type, nullable }): readonly Column[] => {
    const other = findColumn(to.schema, name);
    return other === undefined
      ? []
      : [{ name, type: unifyTypes(type, other.type), nullable: nullable || other.nullable }];
  });
  const names = [wantedKey, from.schema.key, to.schema.key].find((key) => key.length > 0) ?? [];
  const key = names.map((name) => findColumn({ columns }, name) ?? refuseKey(name));
  return {
    source: await makeSide(from, columns, duckdb, "source"),
    target: await makeSide(to, columns, duckdb, "target"),
    columns,
    alone: { source: namesBeside(from.schema, columns), target: namesBeside(to.schema, columns) },
    key,
  };
}

/** A side without rows may not tell its columns. */
function columnsOfOther(side: FoundSide, other: FoundSide): FoundSide {
  if (side.schema.columns.length > 0) return side;
  return { ...side, schema: { ...side.schema, columns: other.schema.columns } };
}

function namesBeside(schema: TableSchema, columns: readonly Column[]): readonly string[] {
  return schema.columns.map(({ name }) => name).filter((name) => findColumn({ columns }, name) === undefined);
}

async function found({ endpoint, open }: Place, role: "source" | "target"): Promise<FoundSide> {
  const side = await findSide(endpoint, open);
  if (side !== undefined) return side;
  throw new StepError({
    error: "side-missing",
    category: "input",
    detail: `There is no table at the ${role} ${endpoint.label}.`,
    hint: "Check its options and what is wired to it, and let this phase come after the load.",
  });
}

function refuseKey(name: string): never {
  throw new StepError({
    error: "column-unknown",
    category: "input",
    detail: `The key names the column "${name}", which does not stand on both sides.`,
    hint: "Set key to columns that both sides have.",
  });
}
