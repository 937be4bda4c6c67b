import { Ending, Op } from "../stream/format.ts";
import { TypeKind } from "../stream/type-kind.ts";
import type { Activation } from "./activation.ts";
import type { EventBuffer } from "./event-buffer.ts";
import { afterTurn, isSame } from "./primordials.ts";
import type { ValueEncoder } from "./value-encoder.ts";

/** Writes a value that a call returned, for the function's id; undefined where values are not recorded. */
export type WriteResult = (fn: number, value: unknown) => void;

/**
 * Keeps the calls of one thread balanced: `top` is what runs. Whatever an activation tells while it is not the top says
 * what happened unseen: a suspended one was resumed, and what stood above a running one has been left.
 */
export class CallStack {
  top: Activation | undefined = undefined;
  readonly #events: EventBuffer;
  readonly #values: ValueEncoder;
  readonly #writeResult: WriteResult | undefined;
  #thrown: { readonly value: unknown; readonly text: string } | undefined = undefined;
  #flushing = false;

  constructor(events: EventBuffer, values: ValueEncoder, writeResult: WriteResult | undefined) {
    this.#events = events;
    this.#values = values;
    this.#writeResult = writeResult;
  }

  /** Begins the record of a call; what follows is how many arguments there are, and they. */
  begin(activation: Activation): void {
    if (this.top === undefined) this.#flushAfterTurn();
    this.#events.begin(Op.call, activation.function);
    this.#events.word(activation.id);
  }

  /** The record is whole: from here on nothing is called, so that a stack that overflows leaves all as it was. */
  push(activation: Activation): void {
    this.#events.end();
    activation.below = this.top;
    activation.state = "running";
    this.top = activation;
  }

  /** Makes `activation` the top. False where it has ended: then there is nothing to tell of it. */
  settle(activation: Activation): boolean {
    if (activation.state === "ended") return false;
    if (activation.state === "suspended") {
      this.begin(activation);
      this.#events.word(0);
      this.push(activation);
      return true;
    }
    while (this.top !== undefined && this.top !== activation) this.#end(this.top, Ending.threw);
    return true;
  }

  suspend(activation: Activation, write: () => void): void {
    if (this.top !== activation && !this.settle(activation)) return;
    this.#events.begin(Op.return, Ending.suspended);
    write();
    this.#events.end();
    activation.state = "suspended";
    this.top = activation.below;
  }

  leave(activation: Activation): void {
    if (activation.state === "ended") return;
    const closed = activation.state === "suspended" && activation.leaving === "unknown" && this.#thrown === undefined;
    if (this.top !== activation) this.settle(activation);
    if (activation.leaving === "returns") this.#return(activation);
    else if (closed) this.#end(activation, Ending.returned);
    else this.#end(activation, Ending.threw);
  }

  /** Remembers what is thrown, for the calls that it ends. */
  throws(value: unknown, text: string): void {
    this.#thrown = { value, text };
    this.#events.begin(Op.exception, 0);
    this.#events.text(text);
    this.#events.end();
  }

  /** Whether that is what was thrown last, and not caught since. */
  isThrown(value: unknown): boolean {
    return this.#thrown !== undefined && isSame(this.#thrown.value, value);
  }

  caught(): void {
    this.#thrown = undefined;
  }

  #return(activation: Activation): void {
    this.#events.begin(Op.return, Ending.returned);
    if (this.#writeResult === undefined) this.writeNothing();
    else this.#writeResult(activation.function, activation.result);
    this.#pop(activation);
  }

  #end(activation: Activation, ending: number): void {
    this.#events.begin(Op.return, ending);
    if (ending === Ending.threw) this.#values.scalars.error("Error", this.#thrown?.text ?? "<exception>");
    else this.#values.scalars.raw(TypeKind.Raw, "Generator", "<closed>");
    this.#pop(activation);
  }

  #pop(activation: Activation): void {
    this.#events.end();
    activation.state = "ended";
    this.top = activation.below;
  }

  writeNothing(): void {
    this.#values.encode(undefined, undefined);
  }

  /** What is recorded before the process rests is in the file, should a signal end it. */
  #flushAfterTurn(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    afterTurn(() => {
      this.#flushing = false;
      this.#events.flush();
    });
  }
}
