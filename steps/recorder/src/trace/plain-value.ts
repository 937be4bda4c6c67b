import type { z } from "@orchestrate/sdk";
import type { Interned } from "./interned.ts";
import { bigIntOf, elementsOf, type ValueRecord } from "./trace-event.ts";

type Json = z.output<ReturnType<typeof z.json>>;

/**
 * A value as people write it: numbers, texts, lists and objects as they are, all else as a text, as whole numbers
 * beyond 2^53: `9007199254740993n`.
 */
export function plainValue(value: ValueRecord, interned: Interned): Json {
  const inner = (field: string) => elementsOf(value, field).map((element) => plainValue(element, interned));
  switch (value.kind) {
    case "Int":
      return typeof value.i === "bigint" ? `${value.i}n` : Number(value.i);
    case "Float":
      return Number.isFinite(Number(value.f)) ? Number(value.f) : String(value.f);
    case "Bool":
      return value.b === true;
    case "None":
      return null;
    case "String":
      return String(value.text);
    case "BigInt":
      return `${bigIntOf(value)}n`;
    case "Sequence":
    case "Tuple":
      return inner("elements");
    case "Struct": {
      const names = interned.types[value.type_id ?? -1]?.fields ?? [];
      return Object.fromEntries(inner("field_values").map((field, index) => [names[index] ?? String(index), field]));
    }
    case "Error":
      return String(value.msg);
    default:
      return String(value.r ?? `<${value.kind}>`);
  }
}
