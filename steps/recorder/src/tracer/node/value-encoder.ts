import { Value, ValueKind } from "../stream/format.ts";
import { TypeKind } from "../stream/type-kind.ts";
import type { EventBuffer } from "./event-buffer.ts";
import { FieldNames } from "./field-names.ts";
import { className } from "./own-data.ts";
import * as safe from "./primordials.ts";
import { ScalarEncoder } from "./scalar-encoder.ts";
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
  readonly #names = new FieldNames();
  readonly scalars: ScalarEncoder;
  /** The containers around what is written. */
  readonly #ancestors: object[] = [];
  #depth = 0;
  /** Elements that may still be written of the value. */
  #left = 0;
  /** Fields that were dropped since this was last asked. */
  dropped = 0;

  constructor(events: EventBuffer, definitions: EventBuffer, limits: ValueLimits) {
    this.#events = events;
    this.#types = new StreamTypes(definitions);
    this.#limits = limits;
    this.scalars = new ScalarEncoder(events, this.#types, limits);
  }

  encode(value: unknown, fields: FieldAction | undefined): void {
    this.#depth = 0;
    this.#left = this.#limits.total;
    this.#write(value, fields);
  }

  #write(value: unknown, fields: FieldAction | undefined): void {
    switch (typeof value) {
      case "number":
        this.scalars.number(value);
        return;
      case "string":
        this.scalars.string(value);
        return;
      case "boolean":
        this.#events.word(Value.bool | ((value ? 1 : 0) << 4));
        return;
      case "undefined":
        this.scalars.none("undefined");
        return;
      case "bigint":
        this.scalars.bigint(value);
        return;
      case "symbol":
        this.scalars.raw(TypeKind.Raw, "Symbol", this.scalars.cut(safe.symbolText(value)));
        return;
      case "function":
        this.scalars.function(value as object);
        return;
      default:
        value === null || value === undefined ? this.scalars.none("null") : this.#object(value, fields);
        return;
    }
  }

  #object(value: object, fields: FieldAction | undefined): void {
    if (safe.isProxy(value)) {
      this.scalars.raw(TypeKind.Raw, "Proxy", "<Proxy>");
      return;
    }
    if (this.#isAncestor(value)) {
      this.scalars.raw(TypeKind.Raw, "Object", "[circular]");
      return;
    }
    if (safe.isNativeError(value)) {
      this.scalars.error(className(value), this.scalars.describeThrown(value));
      return;
    }
    if (safe.isDate(value)) {
      this.scalars.raw(TypeKind.Raw, "Date", this.scalars.dateText(value));
      return;
    }
    if (safe.isRegExp(value)) {
      this.scalars.raw(TypeKind.Raw, "RegExp", this.scalars.cut(`/${safe.toText(safe.regExpSource(value))}/`));
      return;
    }
    if (safe.isTypedArray(value)) {
      if (this.#isFull()) return;
      this.#typedArray(value);
      return;
    }
    const prototype: unknown = safe.getPrototypeOf(value);
    const write = this.#container(value, prototype);
    if (write === undefined) {
      this.scalars.raw(TypeKind.Raw, className(value), `<${className(value)}>`);
      return;
    }
    if (this.#depth >= this.#limits.depth) {
      this.scalars.raw(TypeKind.Raw, "Object", "[depth limit]");
      return;
    }
    if (this.#isFull()) return;
    this.#ancestors[this.#depth] = value;
    this.#depth += 1;
    write(fields);
    this.#depth -= 1;
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
      if (own === undefined) this.scalars.none("undefined");
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
    const all = this.#names.of(value);
    const shown: string[] = [];
    for (let index = 0; index < all.length && shown.length < this.#limits.elements; index += 1) {
      if (!safe.hasOwn(value, all[index]!)) continue;
      if (fields !== undefined && fields(all[index]!) === "drop") this.dropped += 1;
      else shown[shown.length] = all[index]!;
    }
    const type = this.#types.ofFields(shown);
    if (type === undefined) {
      this.scalars.raw(TypeKind.Raw, "Object", "<Object>");
      return;
    }
    this.#left -= shown.length;
    this.#events.word(Value.struct | (shown.length << 4));
    this.#events.word(type);
    for (let index = 0; index < shown.length; index += 1) {
      const own = safe.getOwnPropertyDescriptor(value, shown[index]!);
      if (fields !== undefined && fields(shown[index]!) === "redact") this.#redacted();
      else if (own === undefined) this.scalars.none("undefined");
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
    else this.scalars.raw(TypeKind.Raw, "Accessor", "<accessor>");
  }

  #sequence(kind: number, type: string, length: number, count: number): void {
    this.#left -= count;
    this.#events.word(Value.sequence | ((count + (length > count ? 1 : 0)) << 4));
    this.#events.word(this.#types.of(kind, type));
  }

  #rest(count: number): void {
    if (count > 0) this.scalars.raw(TypeKind.Raw, "Object", `[... ${count} more]`);
  }

  /** Whether no further container is looked into; then it is written that there was one. */
  #isFull(): boolean {
    if (this.#left > 0) return false;
    this.scalars.raw(TypeKind.Raw, "Object", "[size limit]");
    return true;
  }

  #isAncestor(value: object): boolean {
    for (let index = 0; index < this.#depth; index += 1) {
      if (this.#ancestors[index] === value) return true;
    }
    return false;
  }
}
