import type { Slot } from "../function-facts.ts";

/** More variables than these are not looked at by a step: those that were declared last are. */
const MOST_VARIABLES = 50;

/**
 * The variables of one function at the place that the walk has reached. A name that an inner block declares further
 * down can't be read above its declaration, and hides an outer one of that name.
 */
export class Scope {
  readonly #slots = new Map<string, Slot>();
  readonly #visible: string[] = [];
  readonly #hoisted: string[] = [];
  readonly #hidden: Set<string>[] = [];
  readonly #makeSlot: (name: string, slot: number) => Slot;

  constructor(makeSlot: (name: string, slot: number) => Slot) {
    this.#makeSlot = makeSlot;
  }

  /** A scope for code that sees the same variables and whose own declarations nobody sees after it. */
  fork(): Scope {
    const scope = new Scope(this.#makeSlot);
    for (const [name, slot] of this.#slots) scope.#slots.set(name, slot);
    scope.#visible.push(...this.#visible);
    scope.#hoisted.push(...this.#hoisted);
    scope.#hidden.push(...this.#hidden.map((names) => new Set(names)));
    return scope;
  }

  /** Runs `walk` in a block that declares `names`, none of which can be read yet. */
  block(names: readonly string[], walk: () => void): void {
    const depth = this.#visible.length;
    this.#hidden.push(new Set(names));
    walk();
    this.#hidden.pop();
    this.#visible.length = depth;
  }

  /** From here on these can be read, until the block ends. */
  declare(names: readonly string[]): void {
    for (const name of names) {
      this.#hidden.at(-1)?.delete(name);
      this.#visible.push(name);
    }
  }

  /** From here on these can be read, until the function ends. */
  hoist(names: readonly string[]): void {
    this.#hoisted.push(...names);
  }

  /** The names that can't be read again, after statements that others don't run through. */
  hide(names: readonly string[]): void {
    for (const name of names) {
      this.#hidden.at(-1)?.add(name);
      const at = this.#visible.lastIndexOf(name);
      if (at >= 0) this.#visible.splice(at, 1);
    }
  }

  slot(name: string): Slot {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.#makeSlot(name, this.#slots.size);
    this.#slots.set(name, slot);
    return slot;
  }

  /** What can be read here, each name once. */
  readable(): readonly { readonly name: string; readonly slot: Slot }[] {
    const names = new Set([...this.#hoisted, ...this.#visible].reverse());
    return [...names]
      .filter((name) => !this.#hidden.some((hidden) => hidden.has(name)))
      .slice(0, MOST_VARIABLES)
      .reverse()
      .map((name) => ({ name, slot: this.slot(name) }));
  }
}
