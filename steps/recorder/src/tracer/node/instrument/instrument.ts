import { type Program, parse } from "acorn";
import { ValueKind } from "../../stream/format.ts";
import { MODULE } from "../probe.ts";
import { lexicalNames } from "./bound-names.ts";
import { type Columns, Insertions, lineStarts } from "./insertions.ts";
import { Scope } from "./scope.ts";
import { walkStatements } from "./statements.ts";
import type { Context, Decision, FileContext, Registry } from "./walk.ts";

/** The property of the global object under which instrumented CommonJS modules find the probe. */
export const PROBE: unique symbol = Symbol.for("orchestrate.recorder");

export interface InstrumentOptions {
  readonly kind: "module" | "commonjs";
  readonly registry: Registry;
  readonly recordsValues: boolean;
  /**
   * The URL of what ES modules import to find the probe, so that functions which are called before their module runs
   * find it as well.
   */
  readonly probeModule: string;
  decide(qualifiedName: string): Decision;
}

export interface Instrumented {
  readonly code: string;
  readonly columns: Columns;
  readonly lineStarts: readonly number[];
}

/**
 * Puts calls to the probe into a source, on the lines that are there. Nothing is taken out and no line is added before
 * the last, so that line numbers hold.
 *
 * @throws SyntaxError where the source can't be parsed.
 */
export function instrument(source: string, options: InstrumentOptions): Instrumented {
  const program = parse(source, {
    ecmaVersion: "latest",
    sourceType: options.kind === "module" ? "module" : "commonjs",
    allowHashBang: true,
    preserveParens: true,
  });
  const starts = lineStarts(source);
  const insertions = new Insertions();
  const file: FileContext = {
    source,
    insertions,
    registry: options.registry,
    recordsValues: options.recordsValues,
    probe: unusedName("$r", source),
    activation: unusedName("$k", source),
    caught: unusedName("$e", source),
    decide: options.decide,
    lineOf: (offset) => lineAt(starts, offset),
  };
  walkProgram(program, options, file);
  return { code: insertions.apply(source), columns: insertions.columns(starts), lineStarts: starts };
}

function walkProgram({ body, end }: Program, options: InstrumentOptions, file: FileContext): void {
  const { kind, registry } = options;
  const decision = options.decide("<module>");
  const scope = new Scope((name, slot) => ({
    slot,
    variable: registry.variable(name),
    kind: ValueKind.global,
    action: decision.variable(ValueKind.global, name),
  }));
  const context: Context = { file, traced: decision.traced, scope, path: [], guarded: false, name: undefined };
  const { insertions, probe, activation } = file;
  const fn = registry.function("<module>", 1, {
    resumable: kind === "module",
    params: MODULE,
    result: "allow",
    fields: decision.fields,
  });
  const directives = body.filter((statement) => statement.type === "ExpressionStatement" && statement.directive);
  const first = body.find(({ type }) => type !== "ImportDeclaration");
  const begin = directives.at(-1)?.end ?? first?.start ?? end;
  const separator = directives.length > 0 ? ";" : "";
  const found = `const ${probe}=globalThis[Symbol.for("${PROBE.description}")];`;
  const entered = decision.traced ? `const ${activation}=${probe}.m(${fn});` : "";
  insertions.add(begin, `${separator}${kind === "module" ? "" : found}${entered}`);
  scope.block(lexicalNames(body), () => walkStatements(body, context));
  // An import counts wherever it stands; of those of the program Node shows the lines when they can't be linked.
  const imported = kind === "module" ? `\n;import{probe as ${probe}}from"${options.probeModule}";` : "";
  const left = decision.traced ? `\n;${probe}.r(${activation});${probe}.x(${activation});` : "";
  insertions.add(file.source.length, `${imported}${left}`);
}

function unusedName(name: string, source: string): string {
  return source.includes(name) ? unusedName(`${name}_`, source) : name;
}

/** The line of an offset, from 1, by halving. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
