import type { z } from "@orchestrate/sdk";
import type { FieldRule, Mapper } from "./mapper.ts";
import { MODELS } from "./mapper.ts";

type Json = z.core.util.JSONType;

/** A row of a common model, or why a unit is none. */
export type Mapped =
  | { readonly is: "row"; readonly row: Readonly<Record<string, Json>> }
  | { readonly is: "rejected"; readonly reason: string };

/**
 * Maps one unit: `cdm_id` is `cdm:KIND:SYSTEM:ID`, so that it is the same in every load; what is not there is null, and
 * the unit itself is kept as `raw_source`.
 */
export function mapUnit({ family, model, id, fields }: Mapper, unit: unknown): Mapped {
  if (typeof unit !== "object" || unit === null || Array.isArray(unit))
    return { is: "rejected", reason: "it is no object" };
  const source = valueAt(unit as Json, id);
  if (typeof source !== "string" && typeof source !== "number")
    return { is: "rejected", reason: `it has no id at ${id}` };
  const known = MODELS[model].map(
    (name) => [name, fields[name] === undefined ? null : first(unit as Json, fields[name])] as const,
  );
  return {
    is: "row",
    row: {
      cdm_id: `${model.replaceAll(".", ":")}:${family}:${source}`,
      source_system: family,
      source_id: String(source),
      ...Object.fromEntries(known),
      raw_source: unit as Json,
    },
  };
}

function first(unit: Json, rule: FieldRule): Json {
  const paths = typeof rule === "string" ? [rule] : rule;
  return paths.map((path) => valueAt(unit, path)).find((value) => value !== null) ?? null;
}

/** The value at a path; through `*`, the list of those that are there. */
function valueAt(value: Json, path: string): Json {
  const [name = "", ...rest] = path.split(".");
  if (name === "*") {
    if (!Array.isArray(value)) return null;
    return rest.length === 0
      ? value
      : value.map((each) => valueAt(each, rest.join("."))).filter((each) => each !== null);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return null;
  const inner = value[name] ?? null;
  return rest.length === 0 ? inner : valueAt(inner, rest.join("."));
}
