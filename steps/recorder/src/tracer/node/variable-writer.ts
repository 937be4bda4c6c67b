import { Counter, Op, Value, ValueKind } from "../stream/format.ts";
import { type Activation, OBJECT, WITHHELD } from "./activation.ts";
import type { EventBuffer } from "./event-buffer.ts";
import type { FunctionFacts, Slot } from "./function-facts.ts";
import { isSame } from "./primordials.ts";
import type { ValueEncoder } from "./value-encoder.ts";
import type { FieldAction } from "./value-limits.ts";

/** Writes what functions are given, hold and return: what has changed of it, and only what the filter allows. */
export class VariableWriter {
  readonly #events: EventBuffer;
  readonly #values: ValueEncoder;
  #counted = 0;

  constructor(events: EventBuffer, values: ValueEncoder) {
    this.#events = events;
    this.#values = values;
  }

  /** The count of the arguments and they, within the record of a call. `given` are those that are allowed. */
  arguments(activation: Activation, facts: FunctionFacts, given: readonly unknown[]): void {
    const { params } = facts;
    let shown = 0;
    for (let index = 0; index < params.length; index += 1) if (params[index]!.action !== "drop") shown += 1;
    this.#events.word(shown);
    let next = 0;
    for (let index = 0; index < params.length; index += 1) {
      const slot = params[index]!;
      if (slot.action !== "drop") this.#events.word(slot.variable);
      if (slot.action === "redact") this.#events.word(Value.redacted | (slot.kind << 4));
      if (slot.action === "allow") {
        const at = this.#events.position();
        this.#values.encode(given[next], facts.fields);
        this.#remember(activation, slot, given[next], at);
        next += 1;
      } else activation.written[slot.slot] = WITHHELD;
    }
  }

  /** Counts the arguments that are dropped, after the record of the call. */
  dropArguments({ params }: FunctionFacts): void {
    for (let index = 0; index < params.length; index += 1) {
      if (params[index]!.action === "drop") this.#drop(ValueKind.argument, 1);
    }
  }

  /** A variable, in a record of its own, if it has changed. */
  variable(activation: Activation, slot: Slot, value: unknown, fields: FieldAction | undefined): void {
    const last = activation.written[slot.slot];
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!isObject && slot.slot in activation.written && isSame(last, value)) return;
    const mark = this.#events.mark();
    this.#events.begin(Op.value, slot.variable);
    const at = this.#events.position();
    this.#values.encode(value, fields);
    if (isObject && last === OBJECT && activation.digests[slot.slot] === this.#events.digest(at)) {
      this.#events.rewind(mark);
      return;
    }
    this.#events.end();
    this.#remember(activation, slot, value, at);
    if (this.#values.dropped > this.#counted) this.#countFields();
  }

  #remember(activation: Activation, slot: Slot, value: unknown, at: number): void {
    if ((typeof value === "object" && value !== null) || typeof value === "function") {
      activation.written[slot.slot] = OBJECT;
      activation.digests[slot.slot] = this.#events.digest(at);
    } else activation.written[slot.slot] = value;
  }

  /** A variable that is withheld, once. */
  withheld(activation: Activation, slot: Slot): void {
    activation.written[slot.slot] = WITHHELD;
    if (slot.action === "drop") {
      this.#drop(slot.kind, 1);
      return;
    }
    this.#events.begin(Op.value, slot.variable);
    this.#events.word(Value.redacted | (slot.kind << 4));
    this.#events.end();
  }

  /** A result, within the record of a return. */
  result({ result, fields }: FunctionFacts, value: unknown): void {
    if (result === "allow") this.#values.encode(value, fields);
    else this.#events.word((result === "drop" ? Value.dropped : Value.redacted) | (ValueKind.return << 4));
  }

  #countFields(): void {
    this.#drop(ValueKind.attribute, this.#values.dropped - this.#counted);
    this.#counted = this.#values.dropped;
  }

  #drop(kind: number, count: number): void {
    this.#events.begin(Op.count, Counter.dropped + kind);
    this.#events.word(count);
    this.#events.end();
  }
}
