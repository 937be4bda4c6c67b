import { unreachable } from "../../core/unreachable.ts";

/** What a module says of other files. */
export interface ModuleImports {
  /** Imports, and files named by `new URL("./x", import.meta.url)`, as written. */
  readonly specifiers: readonly string[];
  /** Whether it may load more than that: by a computed import, by `require`, or by its own path. */
  readonly opaque: boolean;
}

/** Whether a file with this extension is code whose imports are read. */
export function isModule(extension: string): boolean {
  return /^\.[mc]?[jt]s$/.test(extension);
}

/** Reads the imports of a module of JavaScript or TypeScript. Type-only imports are none. */
export async function readImports(source: string, extension: string): Promise<ModuleImports> {
  const { init, parse } = await import("es-module-lexer");
  await init();
  const specifiers: string[] = [];
  let opaque = extension === ".cjs" || extension === ".cts";
  try {
    const [imports, , , hasModuleSyntax] = parse(source);
    for (const found of imports) {
      switch (found.type) {
        case "static":
        case "reexport-star":
          if (!found.typeOnly) specifiers.push(found.specifier);
          break;
        case "dynamic":
          if (found.specifier === undefined || found.glob) opaque = true;
          else specifiers.push(found.specifier);
          break;
        case "import-meta":
          break;
        default:
          unreachable(found);
      }
    }
    opaque ||= hasModuleSyntax ? source.includes("createRequire") : isCommonJs(source);
  } catch {
    // What the lexer can't read, Node may: the whole package stands for it.
    opaque = true;
  }
  const own = readOwnPaths(source);
  return { specifiers: [...specifiers, ...own.specifiers], opaque: opaque || own.opaque };
}

function isCommonJs(source: string): boolean {
  return /\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w/.test(source);
}

/** Files named beside the module; where its path is used in any other way, nobody knows what is read. */
function readOwnPaths(source: string): ModuleImports {
  if (!source.includes("import.meta")) return { specifiers: [], opaque: false };
  const specifiers: string[] = [];
  const rest = source.replaceAll(
    /\bnew\s+URL\(\s*(["'`])(\.[^"'`$]*)\1\s*,\s*import\.meta\.url\s*,?\s*\)|\bimport\.meta\.resolve\(\s*(["'])([^"']+)\3\s*\)/g,
    (_, _quote, beside: string | undefined, _other, resolved: string | undefined) => {
      specifiers.push((beside ?? resolved)!);
      return "";
    },
  );
  return { specifiers, opaque: /\bimport\.meta\.(url|dirname|filename|resolve)\b|\bimport\.meta\s*[^.\s]/.test(rest) };
}
