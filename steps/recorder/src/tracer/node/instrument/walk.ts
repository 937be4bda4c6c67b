import type { AnyNode } from "acorn";
import type { FunctionFacts, Slot } from "../function-facts.ts";
import type { FieldAction } from "../value-limits.ts";
import { childrenOf } from "./children-of.ts";
import { walkFunction } from "./functions.ts";
import { walkField, walkStaticBlock } from "./initializers.ts";
import type { Insertions } from "./insertions.ts";
import type { Scope } from "./scope.ts";
import { walkBlock, walkCatch, walkCompound, walkSwitch, walkTry } from "./statements.ts";
import { walkAwait, walkReturn, walkThrow, walkYield } from "./transfers.ts";

/** What the filter says of one function. */
export interface Decision {
  readonly traced: boolean;
  variable(kind: number, name: string): Slot["action"];
  readonly fields: FieldAction | undefined;
}

/** Where functions, sites and variables get their ids. */
export interface Registry {
  function(name: string, line: number, facts: FunctionFacts): number;
  site(line: number, slots: readonly Slot[]): number;
  variable(name: string): number;
}

/** What is the same for a whole file. */
export interface FileContext {
  readonly source: string;
  readonly insertions: Insertions;
  readonly registry: Registry;
  readonly recordsValues: boolean;
  /** The names by which instrumented code finds the probe and its activation: they stand nowhere in the source. */
  readonly probe: string;
  readonly activation: string;
  /** The name of what a clause caught that names nothing. */
  readonly caught: string;
  decide(qualifiedName: string): Decision;
  lineOf(offset: number): number;
}

/** What is the same for one function: the walk's state. */
export interface Context {
  readonly file: FileContext;
  /** False where nothing of the function is recorded, though functions in it may be. */
  readonly traced: boolean;
  readonly scope: Scope;
  /** The names of the functions and classes around. */
  readonly path: readonly string[];
  /** False where a `return` has to leave the function by itself, because no `finally` can. */
  readonly guarded: boolean;
  /** What an anonymous function here is called. */
  readonly name: string | undefined;
}

/** Instruments a node and all below it, in the order of the source. */
export function walk(node: AnyNode, context: Context): void {
  const named = context.name === undefined ? context : { ...context, name: undefined };
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      walkFunction(node, context);
      return;
    case "ClassDeclaration":
    case "ClassExpression": {
      const name = node.id?.name ?? context.name;
      walkChildren(node, name === undefined ? named : { ...named, path: [...named.path, name] });
      return;
    }
    case "BlockStatement":
      walkBlock(node, named);
      return;
    case "StaticBlock":
      walkStaticBlock(node, named);
      return;
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "IfStatement":
    case "LabeledStatement":
      walkCompound(node, named);
      return;
    case "SwitchStatement":
      walkSwitch(node, named);
      return;
    case "TryStatement":
      walkTry(node, named);
      return;
    case "CatchClause":
      walkCatch(node, named);
      return;
    case "WithStatement":
      walk(node.object, named);
      return;
    case "ReturnStatement":
      walkReturn(node, named);
      return;
    case "ThrowStatement":
      walkThrow(node, named);
      return;
    case "AwaitExpression":
      walkAwait(node, named);
      return;
    case "YieldExpression":
      walkYield(node, named);
      return;
    case "VariableDeclarator":
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
      walkNaming(node, named);
      return;
    default:
      walkChildren(node, named);
      return;
  }
}

/** All nodes below, in the order of the source. */
function walkChildren(node: AnyNode, context: Context): void {
  for (const child of childrenOf(node)) walk(child, context);
}

type NamingNode = Extract<
  AnyNode,
  {
    type:
      | "VariableDeclarator"
      | "AssignmentExpression"
      | "AssignmentPattern"
      | "Property"
      | "PropertyDefinition"
      | "MethodDefinition";
  }
>;

/** A function that is the value of a named thing is called by that name. */
function walkNaming(node: NamingNode, context: Context): void {
  switch (node.type) {
    case "VariableDeclarator":
      walk(node.id, context);
      if (node.init) walk(node.init, { ...context, name: node.id.type === "Identifier" ? node.id.name : undefined });
      return;
    case "AssignmentExpression":
    case "AssignmentPattern":
      walk(node.left, context);
      walk(node.right, { ...context, name: nameOf(node.left) });
      return;
    case "Property":
      if (node.shorthand) {
        walk(node.value, context);
        return;
      }
      if (node.computed) walk(node.key, context);
      walk(node.value, { ...context, name: nameOf(node.key) });
      return;
    case "PropertyDefinition":
      if (node.computed) walk(node.key, context);
      walkField(node, { ...context, name: nameOf(node.key) });
      return;
    case "MethodDefinition":
      if (node.computed) walk(node.key, context);
      walk(node.value, { ...context, name: nameOf(node.key) });
  }
}

function nameOf(node: AnyNode): string | undefined {
  if (node.type === "Identifier" || node.type === "PrivateIdentifier") return node.name;
  if (node.type === "Literal") return String(node.value);
  return node.type === "MemberExpression" && !node.computed ? nameOf(node.property) : undefined;
}
