import type { Interned } from "./interned.ts";
import { bigIntOf, elementsOf, type ValueRecord } from "./trace-event.ts";

/**
 * A value as a text by which it is told from values of other kinds and types: `"7"` from `7`, `1.0` from `1`,
 * `undefined` from `null`, `Array [1]` from `Set [1]`. What a trace only describes stands between backticks.
 */
export function valueLiteral(value: ValueRecord, interned: Interned): string {
  const type = interned.types[value.type_id ?? -1];
  const name = type?.name ?? value.kind;
  const inner = (field: string) => elementsOf(value, field).map((element) => valueLiteral(element, interned));
  switch (value.kind) {
    case "Int":
      return String(value.i);
    case "Float":
      return /^-?\d+$/.test(String(value.f)) ? `${value.f}.0` : String(value.f);
    case "Bool":
      return String(value.b);
    case "None":
      return name;
    case "String":
      return JSON.stringify(value.text);
    case "BigInt":
      return `${bigIntOf(value)}n`;
    case "Sequence":
      return `${name} [${inner("elements").join(", ")}]`;
    case "Tuple":
      return `${name} (${inner("elements").join(", ")})`;
    case "Struct": {
      const fields = inner("field_values").map((field, index) => `${type?.fields[index] ?? index}: ${field}`);
      return `${name} {${fields.join(", ")}}`;
    }
    case "Error":
      return `\`${value.msg}\``;
    default:
      return `\`${value.r ?? value.kind}\``;
  }
}
