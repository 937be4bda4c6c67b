import { readFileSync } from "node:fs";
import { SourceMap, setSourceMapsSupport } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { OriginalPlaces } from "./original-places.ts";

/**
 * Lets Node show the source's line above an exception that ends the program, not the instrumented one. Node takes that
 * line from a source map, and these are made only now: nothing of the program runs any more.
 */
export function prepareHeadline(places: OriginalPlaces): void {
  // A program that has switched source maps on is shown what its own say.
  if (process.sourceMapsEnabled) return;
  setSourceMapsSupport(true, { nodeModules: true, generatedCode: true });
  const names = new Map(places.names().map((name) => [urlOf(name), name]));
  for (const url of names.keys()) register(url);
  const payload = Object.getOwnPropertyDescriptor(SourceMap.prototype, "payload")!.get as (this: SourceMap) => {
    readonly sources: readonly string[];
  };
  const asked: Headline[] = [];
  const nameOf = (map: SourceMap) => names.get(payload.call(map).sources[0] ?? "") ?? "";
  Object.defineProperties(SourceMap.prototype, {
    findEntry: {
      value(this: SourceMap, line: number, column: number) {
        // It is asked first for the headline, then for frames of stacks, which are right already.
        if (asked.length > 0) return {};
        const name = nameOf(this);
        const originalSource = new Headline(name);
        asked.push(originalSource);
        return { originalSource, originalLine: line, originalColumn: places.column(name, line + 1, column + 1) - 1 };
      },
    },
    payload: {
      get(this: SourceMap) {
        return { sources: asked, sourcesContent: [linesAsCounted(readFileSync(pathOf(nameOf(this)), "utf8"))] };
      },
    },
  });
}

/**
 * A file's name as Node writes it without source maps: it would make a path of a URL, did it see one at the first look.
 */
class Headline {
  #name: string;
  #looks = 0;

  constructor(name: string) {
    this.#name = name;
  }

  toString(): string {
    this.#looks += 1;
    return this.#looks === 1 ? "" : this.#name;
  }
}

/** Node parts the text at line feeds, where the number it was given counts every line terminator of the language. */
function linesAsCounted(source: string): string {
  return source.replace(/\r(?!\n)|[\u2028\u2029]/g, "\n");
}

/** Node keeps the source maps of evaluated code by the name that it gives itself: here, that of a file. */
function register(url: string): void {
  const map = JSON.stringify({ version: 3, sources: [url], names: [], mappings: "" });
  const data = Buffer.from(map).toString("base64");
  // biome-ignore lint/security/noGlobalEval: nothing is evaluated but two comments.
  globalThis.eval(`//# sourceURL=${url}\n//# sourceMappingURL=data:application/json;base64,${data}`);
}

function urlOf(name: string): string {
  return name.startsWith("file:") ? name : pathToFileURL(name).href;
}

function pathOf(name: string): string {
  return name.startsWith("file:") ? fileURLToPath(name) : name;
}
