import { StepError } from "@orchestrate/sdk";

/** One way of doing something, and when it may be chosen. */
export interface Strategy<C, T> {
  readonly name: string;
  /** The package that brings it. */
  readonly origin: string;
  /** Whether it serves here. */
  predicate(context: C): boolean;
  create(context: C): T;
}

/** Ways of doing one thing, in order: the first whose predicate is true is taken. */
export class StrategyRegistry<C, T> {
  /** What it is for, as "traversal". */
  readonly purpose: string;
  #strategies: readonly Strategy<C, T>[];

  constructor(purpose: string, strategies: readonly Strategy<C, T>[] = []) {
    this.purpose = purpose;
    this.#strategies = [];
    for (const strategy of strategies) this.register(strategy);
  }

  /** Adds a strategy at the end; one of the same name is taken out. */
  register(strategy: Strategy<C, T>): void {
    this.deregister(strategy.name);
    this.#strategies = [...this.#strategies, strategy];
  }

  /** @returns whether there was one of that name. */
  deregister(name: string): boolean {
    const kept = this.#strategies.filter((strategy) => strategy.name !== name);
    const found = kept.length < this.#strategies.length;
    this.#strategies = kept;
    return found;
  }

  describe(): readonly { readonly name: string; readonly origin: string }[] {
    return this.#strategies.map(({ name, origin }) => ({ name, origin }));
  }

  /** Whether any serves; a predicate that throws does not. */
  serves(context: C): boolean {
    return this.#strategies.some((strategy) => serves(strategy, context, () => {}, this.purpose));
  }

  /**
   * Makes the first that serves. A predicate that throws does not serve, and is told of.
   *
   * @throws StepError `no-strategy` (input) where none serves.
   */
  select(context: C, warn: (message: string) => void): { readonly name: string; readonly made: T } {
    for (const strategy of this.#strategies) {
      if (serves(strategy, context, warn, this.purpose)) return { name: strategy.name, made: strategy.create(context) };
    }
    const names = this.#strategies.map(({ name }) => name).join(", ");
    throw new StepError({
      error: "no-strategy",
      category: "input",
      detail: `No ${this.purpose} serves here; there is ${names === "" ? "none" : names}.`,
      hint: `Choose another provider of the service cover-tree/${this.purpose}.`,
    });
  }
}

function serves<C, T>(strategy: Strategy<C, T>, context: C, warn: (message: string) => void, purpose: string): boolean {
  try {
    return strategy.predicate(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`The ${purpose} "${strategy.name}" of ${strategy.origin} is skipped: its predicate threw: ${reason}`);
    return false;
  }
}
