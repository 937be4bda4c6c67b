import type { AnyNode, ArrowFunctionExpression, BlockStatement, Function as FunctionNode } from "acorn";
import { stricter } from "../../../filter/stricter.ts";
import { ValueKind } from "../../stream/format.ts";
import { boundNames, lexicalNames } from "./bound-names.ts";
import { canBeBlock } from "./can-be-block.ts";
import { walkParameters } from "./initializers.ts";
import { Scope } from "./scope.ts";
import { walkStatements } from "./statements.ts";
import { type Context, type Decision, walk } from "./walk.ts";

type AnyFunction = FunctionNode | ArrowFunctionExpression;

/**
 * Instruments a function: it is entered before its first statement and left by a `finally`, since a `catch` that throws
 * anew would change where an uncaught exception is said to come from.
 */
export function walkFunction(node: AnyFunction, outer: Context): void {
  const name = node.id?.name ?? outer.name ?? "<anonymous>";
  const path = [...outer.path, name];
  const decision = outer.file.decide(path.join("."));
  walkParameters(node.params, { ...outer, path, name: undefined }, outer.file.lineOf(node.start));
  const params = new Set(node.params.flatMap(boundNames));
  const scope = new Scope((variable, slot) => ({
    slot,
    variable: outer.file.registry.variable(variable),
    kind: ValueKind.local,
    action: params.has(variable)
      ? stricter(decision.variable(ValueKind.local, variable), decision.variable(ValueKind.argument, variable))
      : decision.variable(ValueKind.local, variable),
  }));
  const context: Context = { ...outer, traced: decision.traced, scope, path, guarded: true, name: undefined };
  if (decision.traced) walkTraced(node, context, decision);
  else walk(node.body as AnyNode, context);
}

function walkTraced(node: AnyFunction, context: Context, decision: Decision): void {
  const { insertions, probe, activation } = context.file;
  const enter = `const ${activation}=${enterText(node, context, decision)};`;
  const leave = `${probe}.x(${activation})`;
  if (node.body.type !== "BlockStatement") {
    insertions.add(node.body.start, `{${enter}try{return ${probe}.r(${activation},(`);
    walk(node.body, context);
    insertions.add(node.body.end, `))}finally{${leave}}}`);
    return;
  }
  const { body } = node.body;
  const guarded = canBeBlock(body);
  const directives = body.filter((statement) => statement.type === "ExpressionStatement" && statement.directive);
  const separator = directives.length > 0 ? ";" : "";
  insertions.add(directives.at(-1)?.end ?? node.body.start + 1, `${separator}${enter}${guarded ? "try{" : ""}`);
  context.scope.block(lexicalNames(body), () => walkStatements(body, { ...context, guarded }));
  const end = `;${probe}.r(${activation})`;
  insertions.add(endOfBody(node.body), guarded ? `${end}}finally{${leave}}` : `${end};${leave};`);
}

function endOfBody({ end }: BlockStatement): number {
  return end - 1;
}

function enterText(node: AnyFunction, { file, scope, path }: Context, decision: Decision): string {
  const names = file.recordsValues ? node.params.flatMap(boundNames) : [];
  const unique = [...new Set(names)];
  scope.declare(unique);
  const params = unique.map((name) => ({
    ...scope.slot(name),
    kind: ValueKind.argument,
  }));
  const name = path.join(".");
  const fn = file.registry.function(name, file.lineOf(node.start), {
    resumable: node.async || node.generator,
    params,
    result: decision.variable(ValueKind.return, path.at(-1) ?? name),
    fields: decision.fields,
  });
  const given = params.filter(({ action }) => action === "allow").map(({ slot }) => `,${unique[slot]}`);
  return `${file.probe}.e(${fn}${given.join("")})`;
}
