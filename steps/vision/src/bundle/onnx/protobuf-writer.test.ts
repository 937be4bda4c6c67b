import { describe, expect, it } from "vitest";
import { ProtobufWriter } from "./protobuf-writer.ts";

const hex = (writer: ProtobufWriter) => Buffer.from(writer.finish()).toString("hex");

describe("ProtobufWriter", () => {
  it("writes the examples of the encoding's own description", () => {
    expect(hex(new ProtobufWriter().integer(1, 150))).toBe("089601");
    expect(hex(new ProtobufWriter().text(2, "testing"))).toBe("120774657374696e67");
    expect(hex(new ProtobufWriter().message(3, new ProtobufWriter().integer(1, 150)))).toBe("1a03089601");
  });

  it("writes floats little-endian, and numbers beyond 32 bits", () => {
    expect(hex(new ProtobufWriter().float(2, 1))).toBe("150000803f");
    expect(hex(new ProtobufWriter().integer(1, 2 ** 40))).toBe("08808080808020");
    expect(hex(new ProtobufWriter().integer(20, 7))).toBe("a00107");
  });
});
