import type { WorkloadDna } from "./workload-dna.ts";

type KeyStepShares = Pick<
  WorkloadDna,
  "numeric_key_fraction" | "sequential_numeric_step_fraction" | "adjacent_duplicate_fraction"
>;

/** How keys follow each other, row by row. */
export class KeySteps {
  #rows = 0;
  #numeric = 0;
  #sequential = 0;
  #duplicate = 0;
  #before: { readonly key: string; readonly number: bigint | undefined } | undefined;

  add(key: string): void {
    const number = trailingNumber(key);
    const before = this.#before;
    this.#rows++;
    if (number !== undefined) this.#numeric++;
    if (before?.number !== undefined && number === before.number + 1n) this.#sequential++;
    if (before?.key === key) this.#duplicate++;
    this.#before = { key, number };
  }

  shares(): KeyStepShares {
    const of = (part: number, whole: number) => (whole <= 0 ? 0 : part / whole);
    return {
      numeric_key_fraction: of(this.#numeric, this.#rows),
      sequential_numeric_step_fraction: of(this.#sequential, this.#numeric - 1),
      adjacent_duplicate_fraction: of(this.#duplicate, this.#rows - 1),
    };
  }
}

/** The number at the end of a key, of any length: identifiers often have more digits than a double tells apart. */
function trailingNumber(key: string): bigint | undefined {
  let start = key.length;
  while (start > 0 && key.charCodeAt(start - 1) >= 48 && key.charCodeAt(start - 1) <= 57) start--;
  return start === key.length ? undefined : BigInt(key.slice(start));
}
