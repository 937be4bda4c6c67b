import * as safe from "./primordials.ts";

/** An object with more fields than this is not asked for their names each time. */
const MANY = 256;

/**
 * Tells the names of objects' own fields. The language tells either all of them or none, so that a program which fills
 * an object in a loop would spend its time there: of an object with many fields the names are asked for again only
 * after as many looks as pay for it, and until then those count that it still has.
 */
export class FieldNames {
  readonly #asked = new WeakMap<object, { readonly names: readonly string[]; left: number }>();

  of(value: object): readonly string[] {
    const asked = safe.getWeakly(this.#asked, value);
    if (asked !== undefined && asked.left > 0) {
      asked.left -= 1;
      return asked.names;
    }
    const names = safe.ownKeys(value);
    if (names.length > MANY) safe.setWeakly(this.#asked, value, { names, left: names.length >> 2 });
    return names;
  }
}
