import { Value, ValueKind } from "../stream/format.ts";
import { TypeKind } from "../stream/type-kind.ts";
import type { EventBuffer } from "./event-buffer.ts";
import { className, functionName, ownData } from "./own-data.ts";
import * as safe from "./primordials.ts";
import { StreamTypes } from "./stream-types.ts";
import type { FieldAction, ValueLimits } from "./value-limits.ts";

/**
 * Writes values without running code of the program: types are checked exactly, only own data properties are read,
 * proxies are told by Node and never touched. What it does not know becomes Raw `<Class>`.
 */
export class ValueEncoder {
  readonly #events: EventBuffer;
  readonly #limits: ValueLimits;
  readonly #types: StreamTypes;
  /** The containers around what is written. */
  readonly #ancestors: object[] = [];
  #depth = 0;
  /** Fields that were dropped since this was last asked. */
  dropped = 0;

  constructor(events: EventBuffer, definitions: EventBuffer, limits: ValueLimits) {
    this.#events = events;
    this.#types = new StreamTypes(definitions);
    this.#limits = limits;
  }

  encode(value: unknown, fields: FieldAction | undefined): void {
    this.#depth = 0;
    this.#write(value, fields);
  }

  #write(value: unknown, fields: FieldAction | undefined): void {
    switch (typeof value) {
      case "number":
        this.#number(value);
        return;
      case "string":
        this.#string(value);
        return;
      case "boolean":
        this.#events.word(Value.bool | ((value ? 1 : 0) << 4));
        return;
      case "undefined":
        this.#none("undefined");
        return;
      case "bigint":
        this.#bigint(value);
        return;
      case "symbol":
        this.raw(TypeKind.Raw, "Symbol", this.#cut(safe.symbolText(value)));
        return;
      case "function":
        this.#function(value as object);
        return;
      default:
        value === null || value === undefined ? this.#none("null") : this.#object(value, fields);
        return;
    }
  }

  raw(kind: number, type: string, text: string): void {
    this.#events.taggedText(Value.raw, text, this.#types.of(kind, type));
  }

  error(type: string, text: string): void {
    this.#events.taggedText(Value.error, this.#cut(text), this.#types.of(TypeKind.Error, type));
  }

  /** What an exception says of itself, as far as that can be read without running its code. */
  describeThrown(thrown: unknown): string {
    if (typeof thrown !== "object" || thrown === null) {
      return typeof thrown === "symbol" ? safe.symbolText(thrown) : this.#cut(safe.toText(thrown));
    }
    if (safe.isProxy(thrown)) return "<Proxy>";
    const message = ownData(thrown, "message");
    const name = className(thrown);
    return typeof message === "string" && message !== "" ? `${name}: ${this.#cut(message)}` : name;
  }

  #function(value: object): void {
    this.raw(TypeKind.FunctionKind, "Function", safe.isProxy(value) ? "<Proxy>" : this.#cut(functionName(value)));
  }

  #none(type: string): void {
    this.#events.word(Value.none);
    this.#events.word(this.#types.of(TypeKind.None, type));
  }

  #number(value: number): void {
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

  #string(value: string): void {
    this.#events.taggedText(Value.string, this.#cut(value));
  }

  #bigint(value: bigint): void {
    const negative = value < 0n;
    const digits = safe.bigintText(negative ? -value : value, 16);
    if (digits.length > this.#limits.length * 2) {
      this.raw(TypeKind.Int, "bigint", this.#cut(`0x${digits}n`));
      return;
    }
    const bytes = safe.parseBytes(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
    this.#events.word(Value.big | (((bytes.length << 1) | (negative ? 1 : 0)) << 4));
    this.#events.bytes(bytes);
  }

  #object(value: object, fields: FieldAction | undefined): void {
    if (safe.isProxy(value)) {
      this.raw(TypeKind.Raw, "Proxy", "<Proxy>");
      return;
    }
    if (this.#isAncestor(value)) {
      this.raw(TypeKind.Raw, "Object", "[circular]");
      return;
    }
    if (safe.isNativeError(value)) {
      this.error(className(value), this.describeThrown(value));
      return;
    }
    if (safe.isDate(value)) {
      this.raw(TypeKind.Raw, "Date", this.#dateText(value));
      return;
    }
    if (safe.isRegExp(value)) {
      this.raw(TypeKind.Raw, "RegExp", this.#cut(`/${safe.toText(safe.regExpSource(value))}/`));
      return;
    }
    if (safe.isTypedArray(value)) {
      this.#typedArray(value);
      return;
    }
    const prototype: unknown = safe.getPrototypeOf(value);
    const write = this.#container(value, prototype);
    if (write === undefined) {
      this.raw(TypeKind.Raw, className(value), `<${className(value)}>`);
      return;
    }
    if (this.#depth >= this.#limits.depth) {
      this.raw(TypeKind.Raw, "Object", "[depth limit]");
      return;
    }
    this.#ancestors[this.#depth] = value;
    this.#depth += 1;
    write(fields);
    this.#depth -= 1;
  }

  #dateText(value: Date): string {
    const time = safe.dateTime(value);
    return safe.isInteger(time) ? safe.dateText(value) : "Invalid Date";
  }

  #container(value: object, prototype: unknown): ((fields: FieldAction | undefined) => void) | undefined {
    if (safe.isArray(value)) {
      return prototype === safe.arrayPrototype ? (fields) => this.#array(value, fields) : undefined;
    }
    if (safe.isMap(value)) {
      return prototype === safe.mapPrototype ? (fields) => this.#map(value, fields) : undefined;
    }
    if (safe.isSet(value)) {
      return prototype === safe.setPrototype ? (fields) => this.#set(value, fields) : undefined;
    }
    return prototype === safe.objectPrototype || prototype === null
      ? (fields) => this.#record(value, fields)
      : undefined;
  }

  #array(value: readonly unknown[], fields: FieldAction | undefined): void {
    const { length } = value;
    const count = length < this.#limits.elements ? length : this.#limits.elements;
    this.#sequence(TypeKind.Seq, "Array", length, count);
    for (let index = 0; index < count; index += 1) {
      const own = safe.getOwnPropertyDescriptor(value, index);
      if (own === undefined) this.#none("undefined");
      else this.#property(own, fields);
    }
    this.#rest(length - count);
  }

  #typedArray(value: unknown): void {
    const length = safe.typedArrayLength(value) as number;
    const count = length < this.#limits.elements ? length : this.#limits.elements;
    this.#sequence(TypeKind.Array, safe.toText(safe.typedArrayName(value)), length, count);
    const elements = value as ArrayLike<number | bigint>;
    for (let index = 0; index < count; index += 1) this.#write(elements[index], undefined);
    this.#rest(length - count);
  }

  #map(value: ReadonlyMap<unknown, unknown>, fields: FieldAction | undefined): void {
    const length = safe.mapSize(value) as number;
    const count = length < this.#limits.elements ? length : this.#limits.elements;
    this.#sequence(TypeKind.TableKind, "Map", length, count);
    const entries = safe.mapEntries(value as Map<unknown, unknown>);
    for (let index = 0; index < count; index += 1) {
      const { value: entry } = safe.nextEntry(entries);
      const key: unknown = entry[0];
      const item: unknown = entry[1];
      this.#events.word(Value.tuple | (2 << 4));
      this.#events.word(this.#types.of(TypeKind.Tuple, "Entry"));
      this.#write(key, fields);
      if (typeof key === "string") this.#field(key, item, fields);
      else this.#write(item, fields);
    }
    this.#rest(length - count);
  }

  #set(value: ReadonlySet<unknown>, fields: FieldAction | undefined): void {
    const length = safe.setSize(value) as number;
    const count = length < this.#limits.elements ? length : this.#limits.elements;
    this.#sequence(TypeKind.Set, "Set", length, count);
    const items = safe.setValues(value as Set<unknown>);
    for (let index = 0; index < count; index += 1) this.#write(safe.nextItem(items).value, fields);
    this.#rest(length - count);
  }

  #record(value: object, fields: FieldAction | undefined): void {
    const all = safe.ownKeys(value);
    const shown: string[] = [];
    for (let index = 0; index < all.length && shown.length < this.#limits.elements; index += 1) {
      if (fields !== undefined && fields(all[index]!) === "drop") this.dropped += 1;
      else shown[shown.length] = all[index]!;
    }
    const type = this.#types.ofFields(shown);
    if (type === undefined) {
      this.raw(TypeKind.Raw, "Object", "<Object>");
      return;
    }
    this.#events.word(Value.struct | (shown.length << 4));
    this.#events.word(type);
    for (let index = 0; index < shown.length; index += 1) {
      const own = safe.getOwnPropertyDescriptor(value, shown[index]!);
      if (fields !== undefined && fields(shown[index]!) === "redact") this.#redacted();
      else if (own === undefined) this.#none("undefined");
      else this.#property(own, fields);
    }
  }

  #field(name: string, value: unknown, fields: FieldAction | undefined): void {
    const action = fields === undefined ? "allow" : fields(name);
    if (action === "allow") {
      this.#write(value, fields);
      return;
    }
    if (action === "drop") this.dropped += 1;
    this.#events.word((action === "drop" ? Value.dropped : Value.redacted) | (ValueKind.attribute << 4));
  }

  #redacted(): void {
    this.#events.word(Value.redacted | (ValueKind.attribute << 4));
  }

  #property(own: PropertyDescriptor, fields: FieldAction | undefined): void {
    if (safe.hasOwn(own, "value")) this.#write(own.value, fields);
    else this.raw(TypeKind.Raw, "Accessor", "<accessor>");
  }

  #sequence(kind: number, type: string, length: number, count: number): void {
    this.#events.word(Value.sequence | ((count + (length > count ? 1 : 0)) << 4));
    this.#events.word(this.#types.of(kind, type));
  }

  #rest(count: number): void {
    if (count > 0) this.raw(TypeKind.Raw, "Object", `[... ${count} more]`);
  }

  #isAncestor(value: object): boolean {
    for (let index = 0; index < this.#depth; index += 1) {
      if (this.#ancestors[index] === value) return true;
    }
    return false;
  }

  #cut(text: string): string {
    const { length } = this.#limits;
    return text.length <= length ? text : `${safe.sliceText(text, 0, length)}…`;
  }
}
