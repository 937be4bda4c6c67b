import { Value } from "../tracer/stream/format.ts";
import { TypeKind } from "../tracer/stream/type-kind.ts";
import type { WordReader } from "../tracer/stream/word-reader.ts";
import type { TraceTables } from "./trace-tables.ts";

export interface ValueTextOptions {
  readonly tables: TraceTables;
  /** Replaces secrets in a text. */
  readonly mask: (text: string) => string;
  /** The trace's id of a type of the stream. */
  readonly typeOf: (type: number) => number;
  /** Called for a value that was withheld, with its `ValueKind`. */
  readonly onWithheld: (what: "redacted" | "dropped", kind: number) => void;
}

/**
 * The next value of a stream as JSON text, as readers of the format want it: floats are strings, "inf" and "NaN" as
 * well.
 */
export function valueText(reader: WordReader, options: ValueTextOptions): string {
  const { tables } = options;
  const word = reader.word();
  const payload = word >>> 4;
  switch (word & 15) {
    case Value.none:
      return `{"kind":"None","type_id":${options.typeOf(reader.word())}}`;
    case Value.bool:
      return `{"kind":"Bool","b":${payload !== 0},"type_id":${tables.plain("bool")}}`;
    case Value.int:
      return `{"kind":"Int","i":${reader.int()},"type_id":${tables.plain("int")}}`;
    case Value.long:
      return `{"kind":"Int","i":${reader.long()},"type_id":${tables.plain("int")}}`;
    case Value.float:
      return `{"kind":"Float","f":"${floatText(reader.float())}","type_id":${tables.plain("float")}}`;
    case Value.string:
      return `{"kind":"String","text":${textJson(reader, payload, options)},"type_id":${tables.plain("string")}}`;
    case Value.big: {
      const magnitude = reader.bytes(payload >>> 1).toString("base64");
      const type = tables.plain("big");
      return `{"kind":"BigInt","b":"${magnitude}","negative":${(payload & 1) === 1},"type_id":${type}}`;
    }
    case Value.sequence:
      return `{"kind":"Sequence","is_slice":false,${elementsText("elements", reader, payload, options)}}`;
    case Value.tuple:
      return `{"kind":"Tuple",${elementsText("elements", reader, payload, options)}}`;
    case Value.struct:
      return `{"kind":"Struct",${elementsText("field_values", reader, payload, options)}}`;
    case Value.raw: {
      const type = options.typeOf(reader.word());
      return `{"kind":"Raw","r":${textJson(reader, payload, options)},"type_id":${type}}`;
    }
    case Value.error: {
      const type = options.typeOf(reader.word());
      return `{"kind":"Error","msg":${textJson(reader, payload, options)},"type_id":${type}}`;
    }
    case Value.redacted:
      return withheld("redacted", payload, options);
    case Value.dropped:
      return withheld("dropped", payload, options);
    default:
      throw new RangeError(`${word & 15} is no kind of a value`);
  }
}

function elementsText(name: string, reader: WordReader, count: number, options: ValueTextOptions): string {
  const type = options.typeOf(reader.word());
  let elements = "";
  for (let index = 0; index < count; index += 1) {
    elements += (index === 0 ? "" : ",") + valueText(reader, options);
  }
  return `"${name}":[${elements}],"type_id":${type}`;
}

function withheld(what: "redacted" | "dropped", kind: number, { tables, onWithheld }: ValueTextOptions): string {
  onWithheld(what, kind);
  return `{"kind":"Error","msg":"<${what}>","type_id":${tables.type(TypeKind.Error, "Withheld")}}`;
}

function textJson(reader: WordReader, length: number, { mask }: ValueTextOptions): string {
  return JSON.stringify(mask(reader.textOf(length)));
}

function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (value === Number.POSITIVE_INFINITY) return "inf";
  return value === Number.NEGATIVE_INFINITY ? "-inf" : String(value);
}
