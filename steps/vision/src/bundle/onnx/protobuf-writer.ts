import { littleEndian } from "../../little-endian.ts";

/**
 * Writes the wire format of protocol buffers (protobuf.dev/programming-guides/encoding): fields in the order in which
 * they are given, so that equal messages are equal bytes.
 */
export class ProtobufWriter {
  readonly #parts: Uint8Array[] = [];

  /** A whole number, not negative. */
  integer(field: number, value: number): this {
    this.#parts.push(key(field, 0), varint(value));
    return this;
  }

  float(field: number, value: number): this {
    this.#parts.push(key(field, 5), littleEndian(Float32Array.of(value)));
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#parts.push(key(field, 2), varint(value.length), value);
    return this;
  }

  message(field: number, value: ProtobufWriter): this {
    return this.bytes(field, value.finish());
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}

function key(field: number, type: 0 | 2 | 5): Uint8Array {
  return varint(field * 8 + type);
}

/** Seven bits a byte, the lowest first; the highest bit of a byte says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}
