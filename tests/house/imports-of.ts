/** One import or re-export of a module, as it is written. */
export interface Import {
  readonly from: string;
  readonly isTypeOnly: boolean;
  /** The names that are imported as values; `*` where all are, none where the module is only run or loaded later. */
  readonly values: readonly string[];
}

const STATEMENT = /^[ \t]*(?:import|export)\s+(type\s+)?([\w*\s{},$]*?)\s*from\s*["']([^"']+)["']/gm;
const BARE = /^[ \t]*import\s*["']([^"']+)["']/gm;
const DYNAMIC = /\b(typeof\s+)?import\(\s*["']([^"']+)["']/g;

/** Every module that a TypeScript file names: imports, re-exports, dynamic imports and types of modules. */
export function importsOf(text: string): readonly Import[] {
  const code = withoutComments(text);
  return [
    ...[...code.matchAll(STATEMENT)].map(([, type, clause, from]) => {
      const values = type === undefined ? valuesOf(clause!) : [];
      return { from: from!, isTypeOnly: values.length === 0, values };
    }),
    ...[...code.matchAll(BARE)].map(([, from]) => ({ from: from!, isTypeOnly: false, values: [] })),
    ...[...code.matchAll(DYNAMIC)].map(([, type, from]) => ({
      from: from!,
      isTypeOnly: type !== undefined,
      values: [],
    })),
  ];
}

/** The text without the lines that are only comment. A comment behind code, or within a line, stays. */
export function withoutComments(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^\s*(\/\/|\/\*|\*)/.test(line))
    .join("\n");
}

function valuesOf(clause: string): readonly string[] {
  const braces = /\{([^}]*)\}/.exec(clause);
  const named = (braces?.[1] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => name.split(/\s+as\s+/)[0]!);
  const outside = clause
    .replace(/\{[^}]*\}/, "")
    .replaceAll(",", " ")
    .trim();
  return outside === "" ? named : [outside.startsWith("*") ? "*" : "default", ...named];
}
