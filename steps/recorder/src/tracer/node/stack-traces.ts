import type * as util from "node:util";
import type { OriginalPlaces } from "./original-places.ts";
import { apply, defineProperty, getCallSites, sliceText } from "./primordials.ts";

type Method = (...values: unknown[]) => unknown;
type Prepare = (this: unknown, error: unknown, sites: NodeJS.CallSite[]) => unknown;

/**
 * Keeps stack traces as they would be without the recorder, whoever prepares them: before Node or the program is given
 * the frames of an error, those of the recorder are taken out, and the others put right.
 */
export class StackTraces {
  readonly #places: OriginalPlaces;
  /** Where the recorder lies, as a URL. */
  readonly #own: string;

  constructor(places: OriginalPlaces, own: string) {
    this.#places = places;
    this.#own = own;
  }

  install(): void {
    const standard = this.#wrap(Error.prepareStackTrace as Prepare);
    const current: { given: unknown; wrapped: Prepare } = { given: Error.prepareStackTrace, wrapped: standard };
    Object.defineProperty(Error, "prepareStackTrace", {
      configurable: true,
      enumerable: false,
      // Node is given what puts the frames right before; the program is given back what it has set.
      get: () => (getCallSites(2)[1]?.scriptName === "node:internal/errors" ? current.wrapped : current.given),
      set: (given: unknown) => {
        current.given = given;
        current.wrapped = typeof given === "function" ? this.#wrap(given as Prepare) : standard;
      },
    });
    this.#installCallSites();
  }

  #wrap(prepare: Prepare): Prepare {
    const rectify = (sites: NodeJS.CallSite[]) => this.#rectify(sites);
    return function (this: unknown, error, sites) {
      return apply(prepare, this, [error, rectify(sites)]);
    };
  }

  /** `util.getCallSites` gives plain objects. */
  #installCallSites(): void {
    const [places, own] = [this.#places, this.#own];
    const rectified = (...values: unknown[]): unknown => {
      const count = values[0] ?? 10;
      if (typeof count !== "number") return apply(getCallSites as Method, undefined, values);
      const sites = apply(getCallSites as Method, undefined, [count + 1, values[1]]) as util.CallSiteObject[];
      const kept: util.CallSiteObject[] = [];
      for (let index = 0; index < sites.length; index += 1) {
        const site = sites[index]!;
        if (isOwn(site.scriptName, own)) continue;
        const column = places.column(site.scriptName, site.lineNumber, site.columnNumber);
        if (kept.length < count)
          kept[kept.length] = { ...site, columnNumber: column, ...("column" in site && { column }) };
      }
      return kept;
    };
    defineProperty(rectified, "name", { value: getCallSites.name });
    process.getBuiltinModule("node:util").getCallSites = rectified as typeof getCallSites;
  }

  #rectify(sites: NodeJS.CallSite[]): NodeJS.CallSite[] {
    let kept = 0;
    for (let index = 0; index < sites.length; index += 1) {
      const site = sites[index]!;
      const name = site.getFileName();
      if (typeof name === "string" && isOwn(name, this.#own)) continue;
      this.#correct(site, name ?? undefined);
      sites[kept] = site;
      kept += 1;
    }
    sites.length = kept;
    return sites;
  }

  #correct(site: NodeJS.CallSite, name: string | undefined): void {
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    const origin = site.getEvalOrigin();
    if (site.isEval() && origin !== undefined) {
      const text = site.toString();
      answer(site, "getEvalOrigin", this.#places.inEvalOrigin(origin));
      answer(site, "toString", this.#places.inEvalOrigin(text));
    } else if (name !== undefined && line !== null && column !== null && this.#places.has(name)) {
      answer(site, "toString", this.#places.inText(site.toString(), name, line, column));
      answer(site, "getPosition", this.#places.offset(name, line, column));
      answer(site, "getColumnNumber", this.#places.column(name, line, column));
      const [beginLine, beginColumn] = [site.getEnclosingLineNumber(), site.getEnclosingColumnNumber()];
      if (beginLine === null || beginColumn === null) return;
      answer(site, "getEnclosingColumnNumber", this.#places.column(name, beginLine, beginColumn));
    }
  }
}

function isOwn(name: string, own: string): boolean {
  return sliceText(name, 0, own.length) === own;
}

/** Makes a method of a call site give this. */
function answer(site: NodeJS.CallSite, method: string, value: unknown): void {
  defineProperty(site, method, { value: () => value, enumerable: false });
}
