import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { instrument } from "./instrument/instrument.ts";
import type { OriginalPlaces } from "./original-places.ts";
import type { PristineBuiltins } from "./pristine-builtins.ts";
import type { ProgramRegistry } from "./program-registry.ts";

export interface LoadHookOptions {
  readonly registry: ProgramRegistry;
  readonly places: OriginalPlaces;
  readonly pristine: PristineBuiltins;
  readonly recordsValues: boolean;
  /** Where the recorder itself lies, as a URL that ends in `/`: its modules are never instrumented. */
  readonly own: string;
  /** The URL of the module by which instrumented modules find the probe. */
  readonly probeModule: string;
  /** Tells of a file that can't be instrumented, and is run as it is. */
  readonly note: (text: string) => void;
}

/**
 * Instruments every module of the program as it is loaded: ES modules, CommonJS, and TypeScript whose types Node
 * strips.
 */
export function installLoadHook(options: LoadHookOptions): void {
  const made = new Map<string, Replacement>();
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      return options.pristine.run(() => {
        const kind = kindOf(loaded.format);
        if (kind === undefined || !url.startsWith("file:") || url.startsWith(options.own)) return loaded;
        // Node asks twice for a CommonJS module that an ES module imports.
        const key = `${loaded.format} ${url}`;
        const replaced = made.get(key) ?? replacement(url, loaded, kind, options);
        made.set(key, replaced);
        return { ...loaded, ...replaced };
      });
    },
  });
}

type Loaded = ReturnType<Parameters<NonNullable<Parameters<typeof registerHooks>[0]["load"]>>[2]>;

interface Kind {
  readonly kind: "module" | "commonjs";
  readonly typed: boolean;
  /** Node has not decided yet, and asks again, for an ES module, where it is no CommonJS. */
  readonly tentative: boolean;
}

/** What is loaded in place of a module; nothing where it is not instrumented. */
interface Replacement {
  readonly source?: string;
  readonly format?: string;
}

function replacement(
  url: string,
  loaded: Loaded,
  { kind, typed, tentative }: Kind,
  options: LoadHookOptions,
): Replacement {
  const path = fileURLToPath(url);
  const text = textOf(loaded, path);
  try {
    const source = typed ? withoutTypes(text) : text;
    const { registry, decide } = options.registry.file(path);
    const { recordsValues, probeModule } = options;
    const made = instrument(source, { kind, registry, decide, recordsValues, probeModule });
    options.places.add(kind === "module" ? url : path, made.columns, made.lineStarts);
    const named = typed ? `\n//# sourceURL=${url}` : "";
    // Node asks for a source map, which is made when the program dies, only where a source names one.
    const mapped = text.includes("//# sourceMappingURL=") ? "" : "\n//# sourceMappingURL=none";
    return { source: `${made.code}${named}${mapped}`, ...(typed ? { format: kind } : {}) };
  } catch (error) {
    if (!tentative) options.note(`${path} is not recorded: ${error instanceof Error ? error.message : "no reason"}`);
    return {};
  } finally {
    options.registry.flush();
  }
}

function textOf({ source }: Loaded, path: string): string {
  if (typeof source === "string") return source;
  if (source === null || source === undefined) return readFileSync(path, "utf8");
  return new TextDecoder().decode(source);
}

/** As Node does it, but for the warning that the function for it is experimental. */
function withoutTypes(text: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(text);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function kindOf(format: string | null | undefined): Kind | undefined {
  switch (format) {
    case "module":
    case "module-typescript":
      return { kind: "module", typed: format !== "module", tentative: false };
    case "commonjs":
    case "commonjs-typescript":
      return { kind: "commonjs", typed: format !== "commonjs", tentative: false };
    case "typescript":
    case undefined:
    case null:
      return { kind: "commonjs", typed: format === "typescript", tentative: true };
    default:
      return undefined;
  }
}
