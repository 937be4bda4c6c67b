import type { Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import type { Customer } from "./customer.ts";

/** The values of a customer as they travel, in the order of the columns. */
export function travelling(customer: Customer, columns: readonly Column[]): readonly Value[] {
  return columns.map((column) => toValue(customer[column.name as keyof Customer], column));
}

function toValue(value: Customer[keyof Customer], { name, type }: Column): Value {
  if (name === "credit") return cents(Number(value));
  if (name === "postcode") return type.type === "text" ? `N-${value}` : BigInt(String(value));
  if (typeof value === "number" && type.type === "integer") return BigInt(value);
  return value;
}

function cents(value: number): string {
  const digits = String(Math.abs(value)).padStart(3, "0");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
