import type { Activation } from "./activation.ts";
import type { CallStack } from "./call-stack.ts";
import { ownData } from "./own-data.ts";
import { apply, isProxy } from "./primordials.ts";

type Method = (...values: unknown[]) => unknown;

/**
 * `yield*` and `for await` suspend a function between the calls of an iterator's methods. They are given, in place of
 * the iterable, one whose methods say so and are otherwise what the iterable's are: each property is read as often, and
 * in the same order, as the language reads it.
 */
export class Suspensions {
  readonly #stack: CallStack;
  readonly #writeYielded: (activation: Activation, value: unknown) => void;

  constructor(stack: CallStack, writeYielded: (activation: Activation, value: unknown) => void) {
    this.#stack = stack;
    this.#writeYielded = writeYielded;
  }

  through(activation: Activation, iterable: unknown): unknown {
    if (iterable === undefined || iterable === null) return iterable;
    const iteratorOf = (symbol: symbol) => {
      const method = (iterable as Record<symbol, unknown>)[symbol];
      return typeof method !== "function"
        ? method
        : () => this.#iterator(activation, apply(method as Method, iterable, []) as object);
    };
    return {
      get [Symbol.asyncIterator]() {
        return iteratorOf(Symbol.asyncIterator);
      },
      get [Symbol.iterator]() {
        return iteratorOf(Symbol.iterator);
      },
    };
  }

  #iterator(activation: Activation, iterator: object): unknown {
    if (typeof iterator !== "object" || iterator === null) return iterator;
    const method = (name: string) => {
      const inner: unknown = Reflect.get(iterator, name);
      return typeof inner !== "function"
        ? inner
        : (...values: unknown[]) => this.#call(activation, iterator, inner as Method, values);
    };
    return {
      get next() {
        return method("next");
      },
      get return() {
        return method("return");
      },
      get throw() {
        return method("throw");
      },
    };
  }

  /** The function runs while it asks the iterator, and rests on the answer unless that is known to be the last. */
  #call(activation: Activation, iterator: object, method: Method, values: unknown[]): unknown {
    if (activation !== this.#stack.top) this.#stack.settle(activation);
    const answer = apply(method, iterator, values);
    if (isLast(answer)) return answer;
    const value =
      typeof answer === "object" && answer !== null && !isProxy(answer) ? ownData(answer, "value") : undefined;
    this.#stack.suspend(activation, () => this.#writeYielded(activation, value));
    return answer;
  }
}

function isLast(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && !isProxy(answer) && ownData(answer, "done") === true;
}
