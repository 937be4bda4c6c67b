import type { Statement } from "acorn";
import { hoistedNames } from "./bound-names.ts";

/**
 * Whether the statements of a function's body can stand in a block: there a function can't be declared twice, nor
 * beside a `var` of its name.
 */
export function canBeBlock(body: readonly Statement[]): boolean {
  const names = body.flatMap((statement) => (statement.type === "FunctionDeclaration" ? [statement.id.name] : []));
  if (names.length === 0) return true;
  const vars = new Set(body.flatMap(hoistedNames));
  return new Set(names).size === names.length && !names.some((name) => vars.has(name));
}
