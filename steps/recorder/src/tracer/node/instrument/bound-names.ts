import type { AnyNode, ModuleDeclaration, Pattern, Statement, VariableDeclaration } from "acorn";
import { childrenOf } from "./children-of.ts";

/** The names that a pattern binds. */
export function boundNames(pattern: Pattern | null): readonly string[] {
  if (pattern === null) return [];
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap(boundNames);
    case "RestElement":
      return boundNames(pattern.argument);
    case "AssignmentPattern":
      return boundNames(pattern.left);
    default:
      return [];
  }
}

export function declaredNames(declaration: VariableDeclaration): readonly string[] {
  return declaration.declarations.flatMap(({ id }) => boundNames(id));
}

/** The names that a list of statements declares for its block: not `var`, which belongs to the function. */
export function lexicalNames(statements: readonly (Statement | ModuleDeclaration)[]): readonly string[] {
  return statements.flatMap((statement) => {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "VariableDeclaration")
      return declaration.kind === "var" ? [] : declaredNames(declaration);
    if (declaration?.type === "ClassDeclaration" || declaration?.type === "FunctionDeclaration") {
      return declaration.id ? [declaration.id.name] : [];
    }
    return [];
  });
}

/** The names of `var`s anywhere in a statement, but not in the functions and classes in it. */
export function hoistedNames(node: AnyNode): readonly string[] {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassDeclaration":
    case "ClassExpression":
      return [];
    case "VariableDeclaration":
      return node.kind === "var" ? declaredNames(node) : [];
    default:
      return childrenOf(node).flatMap(hoistedNames);
  }
}
