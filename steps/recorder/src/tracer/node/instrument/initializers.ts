import type { AnyNode, Expression, Pattern, PropertyDefinition, StaticBlock } from "acorn";
import { lexicalNames } from "./bound-names.ts";
import { canBeBlock } from "./can-be-block.ts";
import { walkStatements } from "./statements.ts";
import { type Context, type Decision, walk } from "./walk.ts";

/**
 * Walks a function's parameters: their defaults and computed keys run as calls of `<parameters>`, before the function's
 * own.
 */
export function walkParameters(params: readonly Pattern[], context: Context, line: number): void {
  const run = bracketing("<parameters>", context, line);
  for (const parameter of params) walkPattern(parameter, context, run);
}

/** Walks a field of a class: what gives it its value runs as a call of `<fields>` or `<static>`. */
export function walkField({ static: isStatic, start, value }: PropertyDefinition, context: Context): void {
  if (value) bracketing(isStatic ? "<static>" : "<fields>", context, context.file.lineOf(start))(value, context);
}

/** Walks a static block, which is a function of its own: its `var`s are its own, and it is called where it stands. */
export function walkStaticBlock({ start, end, body }: StaticBlock, context: Context): void {
  const { file, path, traced } = context;
  const scope = context.scope.fork();
  const [first] = body;
  const isCalled = traced && first !== undefined && canBeBlock(body);
  if (isCalled) {
    const fn = file.registry.function([...path, "<static>"].join("."), file.lineOf(start), FACTS);
    file.insertions.add(first.start, `const ${file.activation}=${file.probe}.e(${fn});try{`);
  }
  scope.block(lexicalNames(body), () => walkStatements(body, { ...context, scope }));
  if (isCalled) {
    const { probe, activation } = file;
    file.insertions.add(end - 1, `;${probe}.r(${activation})}finally{${probe}.x(${activation})}`);
  }
}

/** What nothing is given to, and nothing is taken from. */
const FACTS = { resumable: false, params: [], result: "allow", fields: undefined } as const;

type Run = (expression: Expression, context: Context) => void;

function walkPattern(pattern: Pattern, context: Context, run: Run): void {
  switch (pattern.type) {
    case "AssignmentPattern":
      walkPattern(pattern.left, context, run);
      run(pattern.right, { ...context, name: pattern.left.type === "Identifier" ? pattern.left.name : undefined });
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        if (property.type === "Property" && property.computed) run(property.key, context);
        walkPattern(property.type === "RestElement" ? property.argument : property.value, context, run);
      }
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element) walkPattern(element, context, run);
      return;
    case "RestElement":
      walkPattern(pattern.argument, context, run);
      return;
    default:
      walk(pattern, context);
  }
}

/** Puts a call around expressions, unless they can run nothing; the function is made known with the first of them. */
function bracketing(name: string, { file, path }: Context, line: number): Run {
  const known: { decision?: Decision; fn?: number } = {};
  const qualified = [...path, name].join(".");
  const isTraced = () => {
    known.decision ??= file.decide(qualified);
    return known.decision.traced;
  };
  return (expression, context) => {
    if (isQuiet(expression) || !isTraced()) {
      walk(expression, context);
      return;
    }
    known.fn ??= file.registry.function(qualified, line, FACTS);
    file.insertions.add(expression.start, `${file.probe}.w(${file.probe}.i(${known.fn}),(`);
    walk(expression, context);
    file.insertions.add(expression.end, "))");
  };
}

/**
 * Whether an expression runs no code but its own: no call, and nothing that may have a getter or a conversion behind
 * it.
 */
function isQuiet(node: AnyNode | null): boolean {
  switch (node?.type) {
    case undefined:
    case "Literal":
    case "Identifier":
    case "ThisExpression":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
      // Wrapped, they would lose the name that they are given.
      return true;
    case "ParenthesizedExpression":
      return isQuiet(node.expression);
    case "UnaryExpression":
      return node.argument.type === "Literal";
    case "TemplateLiteral":
      return node.expressions.length === 0;
    case "ArrayExpression":
      return node.elements.every(isQuiet);
    case "ObjectExpression":
      return node.properties.every(
        (property) => property.type === "Property" && !property.computed && isQuiet(property.value),
      );
    default:
      return false;
  }
}
