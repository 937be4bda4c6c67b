import { Op } from "../stream/format.ts";
import { Activation, WITHHELD } from "./activation.ts";
import { CallStack } from "./call-stack.ts";
import type { EventBuffer } from "./event-buffer.ts";
import type { FunctionFacts, Slot } from "./function-facts.ts";
import { queueTask } from "./primordials.ts";
import { Suspensions } from "./suspensions.ts";
import type { ValueEncoder } from "./value-encoder.ts";
import { VariableWriter } from "./variable-writer.ts";

/** What instrumented code calls. Short names, because they stand in every line of it. */
export class Probe {
  readonly functions: FunctionFacts[] = [];
  /** The variables that are in scope at a site. */
  readonly sites: (readonly Slot[])[] = [];
  readonly #events: EventBuffer;
  readonly #values: ValueEncoder;
  readonly #variables: VariableWriter;
  readonly #stack: CallStack;
  readonly #suspensions: Suspensions;
  readonly #recordsValues: boolean;
  #activations = 0;

  constructor(events: EventBuffer, values: ValueEncoder, recordsValues: boolean) {
    this.#events = events;
    this.#values = values;
    this.#recordsValues = recordsValues;
    this.#variables = new VariableWriter(events, values);
    this.#stack = new CallStack(
      events,
      values,
      recordsValues ? (fn, value) => this.#variables.result(this.functions[fn]!, value) : undefined,
    );
    this.#suspensions = new Suspensions(this.#stack, (activation, value) => this.#yielded(activation, value));
  }

  /** Enters a function; `given` are its parameters that are allowed. */
  e(fn: number, ...given: unknown[]): Activation {
    const facts = this.functions[fn]!;
    const activation = new Activation(fn, facts.resumable ? this.#nextActivation() : 0);
    this.#stack.begin(activation);
    if (this.#recordsValues) this.#variables.arguments(activation, facts, given);
    else this.#events.word(0);
    this.#stack.push(activation);
    if (this.#recordsValues) this.#variables.dropArguments(facts);
    return activation;
  }

  /** Enters the body of a module, which is left at the latest when what runs now has run. */
  m(fn: number): Activation {
    const activation = this.e(fn);
    this.#leaveAfterTurn(activation);
    return activation;
  }

  /**
   * Enters what gives a parameter or a field its value. Where it throws, whatever tells something next says that it was
   * left.
   */
  i(fn: number): Activation {
    const isLowest = this.#stack.top === undefined;
    const activation = this.e(fn);
    if (isLowest) this.#leaveAfterTurn(activation);
    return activation;
  }

  /** Leaves it again. The value is told with the parameter, where that may be told. */
  w(activation: Activation, value: unknown): unknown {
    this.q(activation);
    return value;
  }

  /** Leaves a function, however it comes to that. */
  x(activation: Activation): void {
    this.#stack.leave(activation);
  }

  /** A step. */
  s(activation: Activation, site: number): void {
    if (activation !== this.#stack.top && !this.#stack.settle(activation)) return;
    this.#events.step(site);
  }

  /** A step, with the variables in scope that are allowed; those that have changed are written. */
  v(activation: Activation, site: number, ...given: unknown[]): void {
    if (activation !== this.#stack.top && !this.#stack.settle(activation)) return;
    this.#events.step(site);
    const slots = this.sites[site]!;
    const { fields } = this.functions[activation.function]!;
    let next = 0;
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index]!;
      if (slot.action === "allow") this.#variables.variable(activation, slot, given[next++], fields);
      else if (activation.written[slot.slot] !== WITHHELD) this.#variables.withheld(activation, slot);
    }
  }

  /** Takes the result of a function that is about to return; the end of its body gives none. */
  r(activation: Activation, result?: unknown): unknown {
    if (activation.state === "ended") return result;
    activation.leaving = "returns";
    if (this.#recordsValues) activation.result = result;
    return result;
  }

  /** Takes the result of a function that no `finally` leaves, and leaves it. */
  q(activation: Activation, result?: unknown): unknown {
    this.r(activation, result);
    this.#stack.leave(activation);
    return result;
  }

  /** Takes what is thrown. */
  t(activation: Activation, thrown: unknown): unknown {
    if (activation !== this.#stack.top && !this.#stack.settle(activation)) return thrown;
    activation.leaving = "throws";
    this.#throws(thrown);
    return thrown;
  }

  /** A catch clause begins; what it caught is told where no `throw` of recorded code has told it. */
  c(activation: Activation, ...caught: unknown[]): void {
    if (activation !== this.#stack.top) this.#stack.settle(activation);
    if (activation.state === "ended") return;
    activation.leaving = "unknown";
    if (caught.length > 0 && !this.#stack.isThrown(caught[0])) this.#throws(caught[0]);
    this.#stack.caught();
  }

  /** A finally clause begins. */
  h(activation: Activation): void {
    if (activation !== this.#stack.top) this.#stack.settle(activation);
  }

  /** Before `await`. */
  z(activation: Activation, awaited: unknown): unknown {
    this.#stack.suspend(activation, () => this.#stack.writeNothing());
    return awaited;
  }

  /** After `await` or `yield`. */
  a(activation: Activation, value: unknown): unknown {
    if (activation !== this.#stack.top) this.#stack.settle(activation);
    if (this.functions[activation.function]!.params === MODULE) this.#leaveAfterTurn(activation);
    return value;
  }

  /** Before `yield`. */
  y(activation: Activation, value?: unknown): unknown {
    this.#stack.suspend(activation, () => this.#yielded(activation, value));
    return value;
  }

  /** What `yield*` or `for await` goes through. */
  d(activation: Activation, iterable: unknown): unknown {
    return this.#suspensions.through(activation, iterable);
  }

  /** Output of the program. */
  output(stream: number, text: string): void {
    this.#events.begin(Op.output, stream);
    this.#events.text(text);
    this.#events.end();
    this.#events.flush();
  }

  /** An exception that nobody caught. */
  uncaught(thrown: unknown): void {
    if (!this.#stack.isThrown(thrown)) this.#throws(thrown);
  }

  #throws(thrown: unknown): void {
    this.#stack.throws(thrown, this.#recordsValues ? this.#values.scalars.describeThrown(thrown) : "<exception>");
  }

  #nextActivation(): number {
    this.#activations += 1;
    return this.#activations;
  }

  #yielded(activation: Activation, value: unknown): void {
    if (this.#recordsValues) this.#variables.result(this.functions[activation.function]!, value);
    else this.#stack.writeNothing();
  }

  #leaveAfterTurn(activation: Activation): void {
    queueTask(() => {
      if (activation.state === "running") this.#stack.leave(activation);
    });
  }
}

/** The parameters of every module: none, and told apart from a function's none. */
export const MODULE: readonly Slot[] = Object.freeze([]);
