import type { OriginalPlaces } from "./original-places.ts";
import { apply, defineProperty, inSet, putInSet, sliceText } from "./primordials.ts";

type Prepare = (error: unknown, sites: NodeJS.CallSite[]) => unknown;

/**
 * Keeps stack traces as they would be without the recorder, whoever prepares them: before Node or the program is given
 * the frames of an error, those of the recorder are taken out, and the others put right.
 */
export class StackTraces {
  readonly #places: OriginalPlaces;
  /** Where the recorder lies, as a URL. */
  readonly #own: string;
  /** The functions that `Error.prepareStackTrace` has given back. */
  readonly #given = new WeakSet();

  constructor(places: OriginalPlaces, own: string) {
    this.#places = places;
    this.#own = own;
  }

  install(): void {
    const standard = this.#wrap(Error.prepareStackTrace as Prepare);
    let current = standard;
    Object.defineProperty(Error, "prepareStackTrace", {
      configurable: true,
      enumerable: false,
      get: () => current,
      set: (value: unknown) => {
        if (typeof value !== "function") current = standard;
        else current = inSet(this.#given, value) ? (value as Prepare) : this.#wrap(value as Prepare);
      },
    });
  }

  #wrap(prepare: Prepare): Prepare {
    const rectify = (sites: NodeJS.CallSite[]) => this.#rectify(sites);
    const wrapped = function (this: unknown, error: unknown, sites: NodeJS.CallSite[]): unknown {
      return apply(prepare, this, [error, rectify(sites)]);
    };
    Object.defineProperties(wrapped, { name: { value: prepare.name }, length: { value: prepare.length } });
    putInSet(this.#given, wrapped);
    return wrapped;
  }

  #rectify(sites: NodeJS.CallSite[]): NodeJS.CallSite[] {
    let kept = 0;
    for (let index = 0; index < sites.length; index += 1) {
      const site = sites[index]!;
      const name = site.getFileName();
      if (typeof name === "string" && sliceText(name, 0, this.#own.length) === this.#own) continue;
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

/** Makes a method of a call site give this. */
function answer(site: NodeJS.CallSite, method: string, value: unknown): void {
  defineProperty(site, method, { value: () => value, enumerable: false });
}
