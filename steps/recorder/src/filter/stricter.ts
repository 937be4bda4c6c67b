import type { ValueAction } from "./model.ts";

/** The one of two actions that withholds more. */
export function stricter(a: ValueAction, b: ValueAction): ValueAction {
  const order: readonly ValueAction[] = ["allow", "redact", "drop"];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
