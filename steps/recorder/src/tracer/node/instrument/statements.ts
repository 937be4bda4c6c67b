import type {
  AnyNode,
  BlockStatement,
  CatchClause,
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  IfStatement,
  LabeledStatement,
  ModuleDeclaration,
  Pattern,
  Statement,
  SwitchStatement,
  TryStatement,
  WhileStatement,
} from "acorn";
import { boundNames, declaredNames, lexicalNames } from "./bound-names.ts";
import { stepText } from "./step-text.ts";
import { type Context, walk } from "./walk.ts";

/** A list of statements, each after a step of its own. */
export function walkStatements(statements: readonly (Statement | ModuleDeclaration)[], context: Context): void {
  for (const statement of statements) {
    if (context.traced && isStep(statement)) {
      context.file.insertions.add(statement.start, `${stepText(statement.start, context)};`);
    }
    walk(statement, context);
    declareFrom(statement, context);
  }
}

export function walkBlock({ body }: BlockStatement, context: Context): void {
  context.scope.block(lexicalNames(body), () => walkStatements(body, context));
}

type Compound =
  | ForStatement
  | ForInStatement
  | ForOfStatement
  | WhileStatement
  | DoWhileStatement
  | IfStatement
  | LabeledStatement;

/** Loops step at each test as well; what stands in them without a block gets one. */
export function walkCompound(node: Compound, context: Context): void {
  switch (node.type) {
    case "ForStatement":
      walkFor(node, context);
      return;
    case "ForInStatement":
    case "ForOfStatement":
      walkForOf(node, context);
      return;
    case "WhileStatement":
      walkTest(node.test, context);
      walkBody(node.body, context);
      return;
    case "DoWhileStatement":
      walkBody(node.body, context);
      walkTest(node.test, context);
      return;
    case "IfStatement":
      walk(node.test, context);
      walkBody(node.consequent, context);
      if (node.alternate) walkBody(node.alternate, context);
      return;
    case "LabeledStatement":
      walk(node.body, context);
  }
}

function walkFor({ init, test, update, body }: ForStatement, context: Context): void {
  const isDeclaration = init?.type === "VariableDeclaration";
  const names = isDeclaration && init.kind !== "var" ? declaredNames(init) : [];
  context.scope.block(names, () => {
    if (init) walk(init, context);
    if (isDeclaration && init.kind === "var") context.scope.hoist(declaredNames(init));
    context.scope.declare(names);
    if (test) walkTest(test, context);
    if (update) walk(update, context);
    walkBody(body, context);
  });
}

function walkForOf(node: ForInStatement | ForOfStatement, context: Context): void {
  const { left, right, body } = node;
  const isDeclaration = left.type === "VariableDeclaration";
  const names = isDeclaration && left.kind !== "var" ? declaredNames(left) : [];
  context.scope.block(names, () => {
    walk(left, context);
    const { insertions, probe, activation } = context.file;
    const awaits = node.type === "ForOfStatement" && node.await && context.traced;
    if (awaits) insertions.add(right.start, ` ${probe}?.d(${activation},`);
    walk(right, context);
    if (awaits) insertions.add(right.end, ")");
    if (isDeclaration && left.kind === "var") context.scope.hoist(declaredNames(left));
    context.scope.declare(names);
    walkBody(body, context);
  });
}

function walkTest(test: AnyNode, context: Context): void {
  if (context.traced) context.file.insertions.add(test.start, `(${stepText(test.start, context)},(`);
  walk(test, context);
  if (context.traced) context.file.insertions.add(test.end, "))");
}

/** A statement that stands alone where a block could stand. */
function walkBody(body: Statement, context: Context): void {
  if (body.type === "BlockStatement" || body.type === "FunctionDeclaration" || !isStep(body) || !context.traced) {
    walk(body, context);
    return;
  }
  context.file.insertions.add(body.start, `{${stepText(body.start, context)};`);
  walk(body, context);
  declareFrom(body, context);
  context.file.insertions.add(body.end, "}");
}

/** What one case declares is read in that case only: others may not have run through the declaration. */
export function walkSwitch({ discriminant, cases }: SwitchStatement, context: Context): void {
  walk(discriminant, context);
  const names = lexicalNames(cases.flatMap(({ consequent }) => consequent));
  context.scope.block(names, () => {
    for (const { test, consequent } of cases) {
      if (test) walk(test, context);
      walkStatements(consequent, context);
      context.scope.hide(lexicalNames(consequent));
    }
  });
}

export function walkTry({ block, handler, finalizer }: TryStatement, context: Context): void {
  walk(block, context);
  if (handler) walk(handler, context);
  if (!finalizer) return;
  settle(finalizer, "h", context, "");
  walk(finalizer, context);
}

export function walkCatch({ param, body }: CatchClause, context: Context): void {
  const names = boundNames(param ?? null);
  context.scope.block(names, () => {
    if (param) walk(param, context);
    context.scope.declare(names);
    settle(body, "c", context, caughtName(param, body, context));
    walk(body, context);
  });
}

/** What follows the activation where a clause tells what it caught: nothing where it takes it apart at once. */
function caughtName(param: Pattern | null | undefined, body: BlockStatement, { file, traced }: Context): string {
  if (param) return param.type === "Identifier" ? `,${param.name}` : "";
  if (traced) file.insertions.add(body.start, `(${file.caught})`);
  return `,${file.caught}`;
}

/** The first thing in a clause that control comes to by an exception. */
function settle(block: BlockStatement, method: "c" | "h", context: Context, caught: string): void {
  const { insertions, probe, activation } = context.file;
  if (context.traced) insertions.add(block.start + 1, `${probe}.${method}(${activation}${caught});`);
}

function declareFrom(statement: Statement | ModuleDeclaration, { scope }: Context): void {
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  if (declaration?.type !== "VariableDeclaration") return;
  if (declaration.kind === "var") scope.hoist(declaredNames(declaration));
  else scope.declare(declaredNames(declaration));
}

function isStep(statement: Statement | ModuleDeclaration): boolean {
  switch (statement.type) {
    case "FunctionDeclaration":
    case "EmptyStatement":
    case "BlockStatement":
    case "ImportDeclaration":
    case "ExportAllDeclaration":
      return false;
    case "ExportNamedDeclaration":
      return statement.declaration != null && statement.declaration.type !== "FunctionDeclaration";
    case "ExportDefaultDeclaration":
      return statement.declaration.type !== "FunctionDeclaration";
    case "ExpressionStatement":
      return statement.directive === undefined;
    default:
      return true;
  }
}
