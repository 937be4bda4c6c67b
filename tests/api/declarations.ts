/** A top-level declaration of a `.d.ts`, as the compiler writes it. */
export interface Declaration {
  readonly name: string;
  /** With its comment; overloads of one function are one declaration. */
  readonly text: string;
}

/** What a `.d.ts` says. */
export interface DeclarationFile {
  readonly declarations: readonly Declaration[];
  /** The modules that it imports or re-exports from, as written. */
  readonly imports: readonly string[];
  /** Name to module, of what it re-exports. */
  readonly reexports: ReadonlyMap<string, string>;
}

const DECLARATION = /^(?:export )?(?:declare )?(?:abstract )?(?:function|class|interface|type|const|enum) (\w+)/m;

/**
 * Takes a `.d.ts` apart. The compiler begins each statement, and the comment before it, at the start of a line, and
 * indents all else, so that no parser is needed.
 */
export function readDeclarations(text: string): DeclarationFile {
  const statements = text.split(/^(?=\/\*\*|(?:export|declare|import|interface|type|const)\b)/m);
  const declarations: Declaration[] = [];
  const reexports = new Map<string, string>();
  let comment = "";
  for (const statement of statements) {
    for (const [name, from] of namesIn(statement)) reexports.set(name, from);
    if (statement.startsWith("/**")) comment = statement;
    else {
      const name = DECLARATION.exec(statement)?.[1];
      if (name !== undefined) add(declarations, { name, text: `${comment}${statement}`.trim() });
      comment = "";
    }
  }
  const code = text.replace(/\/\*\*[\s\S]*?\*\//g, "");
  const imports = [...code.matchAll(/\b(?:from |import\()"(\.[^"]+)"/g)].map(([, from]) => from!);
  return { declarations, imports, reexports };
}

function namesIn(statement: string): readonly (readonly [string, string])[] {
  const [, names = "", from = ""] = /^export (?:type )?\{([^}]*)\} from "([^"]+)"/.exec(statement) ?? [];
  return names
    .split(",")
    .map((name) => name.trim().replace(/^type /, ""))
    .filter((name) => name !== "")
    .map((name) => [name, from]);
}

/** A type and a value of one name, and overloads, stand together. */
function add(declarations: Declaration[], { name, text }: Declaration): void {
  const at = declarations.findIndex((declaration) => declaration.name === name);
  if (at < 0) declarations.push({ name, text });
  else declarations[at] = { name, text: `${declarations[at]!.text}\n${text}` };
}
