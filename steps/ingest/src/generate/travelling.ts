import type { Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import type { SchemaChange } from "./columns.ts";
import type { Customer } from "./customer.ts";

/**
 * The values of a customer as they travel, in the order of the columns. A change of the schema shows in rows that
 * change from that day on; those before have no `loyalty`, and the digits of their `postcode` as text.
 */
export function travelling(
  customer: Customer,
  columns: readonly Column[],
  happened: ReadonlyMap<SchemaChange["change"], number>,
): readonly Value[] {
  const isSince = (change: SchemaChange["change"]) =>
    customer.day >= (happened.get(change) ?? Number.POSITIVE_INFINITY);
  return columns.map(({ name, type }) => {
    const value = customer[name as keyof Customer];
    if (name === "credit") return cents(customer.credit);
    if (name === "loyalty") return isSince("add-column") ? BigInt(customer.loyalty) : null;
    if (name === "postcode" && type.type === "text") return isSince("change-type") ? `N-${value}` : String(value);
    return type.type === "integer" ? BigInt(String(value)) : value;
  });
}

function cents(value: number): string {
  const digits = String(Math.abs(value)).padStart(3, "0");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
