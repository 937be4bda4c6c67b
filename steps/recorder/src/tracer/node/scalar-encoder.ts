import { Value } from "../stream/format.ts";
import { TypeKind } from "../stream/type-kind.ts";
import type { EventBuffer } from "./event-buffer.ts";
import { className, functionName, ownData } from "./own-data.ts";
import * as safe from "./primordials.ts";
import type { StreamTypes } from "./stream-types.ts";
import type { ValueLimits } from "./value-limits.ts";

/** Writes values that hold no others, or of which only a text is written. */
export class ScalarEncoder {
  readonly #events: EventBuffer;
  readonly #limits: ValueLimits;
  readonly #types: StreamTypes;

  constructor(events: EventBuffer, types: StreamTypes, limits: ValueLimits) {
    this.#events = events;
    this.#types = types;
    this.#limits = limits;
  }

  raw(kind: number, type: string, text: string): void {
    this.#events.taggedText(Value.raw, text, this.#types.of(kind, type));
  }

  error(type: string, text: string): void {
    this.#events.taggedText(Value.error, this.cut(text), this.#types.of(TypeKind.Error, type));
  }

  /** What an exception says of itself, as far as that can be read without running its code. */
  describeThrown(thrown: unknown): string {
    if (typeof thrown !== "object" || thrown === null) {
      if (typeof thrown === "symbol") return safe.symbolText(thrown);
      return this.cut(typeof thrown === "function" ? functionName(thrown) : safe.toText(thrown));
    }
    if (safe.isProxy(thrown)) return "<Proxy>";
    const message = ownData(thrown, "message");
    const name = className(thrown);
    return typeof message === "string" && message !== "" ? `${name}: ${this.cut(message)}` : name;
  }

  function(value: object): void {
    this.raw(TypeKind.FunctionKind, "Function", safe.isProxy(value) ? "<Proxy>" : this.cut(functionName(value)));
  }

  none(type: string): void {
    this.#events.word(Value.none);
    this.#events.word(this.#types.of(TypeKind.None, type));
  }

  number(value: number): void {
    if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
      this.#events.word(Value.int);
      this.#events.int(value);
    } else if (safe.isInteger(value) && value < 2 ** 53 && value > -(2 ** 53) && value !== 0) {
      this.#events.word(Value.long);
      this.#events.word(value >>> 0);
      this.#events.int(Math.floor(value / 2 ** 32));
    } else {
      this.#events.word(Value.float);
      this.#events.float(value);
    }
  }

  string(value: string): void {
    this.#events.taggedText(Value.string, this.cut(value));
  }

  bigint(value: bigint): void {
    const negative = value < 0n;
    const digits = safe.bigintText(negative ? -value : value, 16);
    if (digits.length > this.#limits.length * 2) {
      this.raw(TypeKind.Int, "bigint", this.cut(`0x${digits}n`));
      return;
    }
    const bytes = safe.parseBytes(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
    this.#events.word(Value.big | (((bytes.length << 1) | (negative ? 1 : 0)) << 4));
    this.#events.bytes(bytes);
  }

  dateText(value: Date): string {
    const time = safe.dateTime(value);
    return safe.isInteger(time) ? safe.dateText(value) : "Invalid Date";
  }

  cut(text: string): string {
    const { length } = this.#limits;
    return text.length <= length ? text : `${safe.sliceText(text, 0, length)}…`;
  }
}
