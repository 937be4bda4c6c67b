import { Definition, Op } from "../stream/format.ts";
import { TypeKind } from "../stream/type-kind.ts";
import type { EventBuffer } from "./event-buffer.ts";
import { joinTexts } from "./primordials.ts";

/** More kinds of objects than this are not told apart, so that memory stays bounded. */
const MOST_SHAPES = 10_000;

/** Gives ids to the types of values, and defines each before it is first used. */
export class StreamTypes {
  readonly #definitions: EventBuffer;
  readonly #ids: Record<string, number> = Object.create(null);
  #count = 0;

  constructor(definitions: EventBuffer) {
    this.#definitions = definitions;
  }

  of(kind: number, name: string): number {
    const key = `${kind} ${name}`;
    return this.#ids[key] ?? this.#define(key, kind, name, []);
  }

  /** The type of plain objects with these fields; undefined where there are too many. */
  ofFields(names: string[]): number | undefined {
    const key = `{${joinTexts(names, "\u0000")}`;
    const known = this.#ids[key];
    if (known !== undefined || this.#count >= MOST_SHAPES) return known;
    return this.#define(key, TypeKind.Struct, "Object", names);
  }

  #define(key: string, kind: number, name: string, fields: readonly string[]): number {
    const id = this.#count;
    this.#definitions.begin(Op.define, Definition.type);
    this.#definitions.word(kind);
    this.#definitions.text(name);
    this.#definitions.word(fields.length);
    for (let index = 0; index < fields.length; index += 1) this.#definitions.text(fields[index]!);
    this.#definitions.end();
    this.#definitions.flush();
    this.#ids[key] = id;
    this.#count += 1;
    return id;
  }
}
