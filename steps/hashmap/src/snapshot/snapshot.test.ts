import { hash } from "node:crypto";
import { deflateRawSync, gzipSync } from "node:zlib";
import { StepError } from "@orchestrate/sdk";
import { encode } from "cborg";
import { describe, expect, it } from "vitest";
import { createMap } from "../map/create-map.ts";
import { MapOptions } from "../map/map-options.ts";
import { MAX_KEY_BYTES, MAX_VALUE_BYTES } from "../map/record.ts";
import { COMPRESSIONS } from "./compression.ts";
import { decodeSnapshot } from "./decode-snapshot.ts";
import { encodeSnapshot } from "./encode-snapshot.ts";
import { mapPayload } from "./map-payload.ts";
import { restoreMap } from "./restore-map.ts";
import { encodeHeader } from "./snapshot-header.ts";
import { payloadEntries, type SnapshotPayload } from "./snapshot-payload.ts";

const LIMIT = 2 ** 28;
const options = MapOptions.parse({});

function payloadOf(entries: Readonly<Record<string, string>>): SnapshotPayload {
  const map = createMap(options, 1);
  for (const [key, value] of Object.entries(entries)) map.put(Buffer.from(key), Buffer.from(value));
  return mapPayload(map, options);
}

function refusal(bytes: Uint8Array, limit = LIMIT): StepError {
  try {
    decodeSnapshot(bytes, limit);
  } catch (error) {
    if (error instanceof StepError) return error;
    throw error;
  }
  return expect.unreachable("the snapshot was accepted");
}

/** A snapshot with any payload, whose header and digest are right. */
function sealed(payload: Uint8Array, header: Partial<Parameters<typeof encodeHeader>[0]> = {}): Uint8Array {
  const fields = encodeHeader({
    compression: "none",
    payloadBytes: payload.length,
    unpackedBytes: payload.length,
    ...header,
  });
  const digest = hash("sha256", Buffer.concat([fields, payload]), "buffer");
  return Buffer.concat([fields, digest, payload]);
}

describe.each(COMPRESSIONS)("a snapshot packed with %s", (compression) => {
  const payload = payloadOf({ sea: "blue", harbour: "grey", ship: "" });
  const bytes = encodeSnapshot(payload, compression);

  it("comes back as it was", () => {
    const decoded = decodeSnapshot(bytes, LIMIT);
    expect(decoded.header.compression).toBe(compression);
    const entries = [...payloadEntries(decoded.payload)].map((entry) =>
      entry.map((part) => Buffer.from(part).toString()),
    );
    expect(Object.fromEntries(entries)).toEqual({ sea: "blue", harbour: "grey", ship: "" });
    expect(decoded.payload.options).toEqual(options);
  });

  it("has the same bytes each time", () => {
    expect(encodeSnapshot(payload, compression)).toEqual(bytes);
  });

  it("is refused with exit status 3 and the reason when any byte is another", () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const tampered = Uint8Array.from(bytes);
        tampered[at]! ^= flip;
        const { code, category, detail } = refusal(tampered);
        expect({ at, category }).toEqual({ at, category: "invariant" });
        expect(code).toMatch(/^snapshot-(damaged|version)$/);
        expect(detail).toMatch(/^The snapshot (does not begin|has|says|is cut off|does not have the digest)/);
      }
    }
  });

  it("is refused when it is cut off anywhere, or goes on behind its end", () => {
    for (let length = 0; length < bytes.length; length++) {
      const { category, detail } = refusal(bytes.subarray(0, length));
      expect(category).toBe("invariant");
      expect(detail).toMatch(length < 62 ? /less than a header/ : /is cut off: \d+ of \d+ bytes are there/);
    }
    expect(refusal(Buffer.concat([bytes, Buffer.from("x")])).detail).toBe("The snapshot has 1 byte behind its end.");
  });
});

describe("a snapshot", () => {
  it("of the original's version 1 is refused by name, and its pickle is not looked at", () => {
    const pickle = Buffer.from("\x80\x04cos\nsystem\n");
    const original = Buffer.alloc(22);
    original.write("ADHSNAP1");
    original.writeUInt16BE(1, 8);
    original.writeUInt16BE(32, 12);
    original.writeBigUInt64BE(BigInt(pickle.length), 14);
    expect(refusal(Buffer.concat([original, Buffer.alloc(32), pickle]))).toMatchObject({
      code: "snapshot-version",
      category: "invariant",
      detail:
        "The snapshot has version 1, that of adaptive-hashmap-studio; its payload is a pickle, which can run code.",
      hint: "Write its entries to a CSV of puts with the program that made it, and replay that.",
    });
  });

  it("of a later version is refused by its number", () => {
    const later = Uint8Array.from(encodeSnapshot(payloadOf({}), "none"));
    later[9] = 3;
    expect(refusal(later)).toMatchObject({
      code: "snapshot-version",
      detail: "The snapshot has version 3; version 2 is read.",
      hint: "Read it with the release that wrote it, or a later one.",
    });
  });

  it("written by the first release of version 2 is still read", () => {
    const { payload } = decodeSnapshot(Buffer.from(FIRST, "base64"), LIMIT);
    const map = restoreMap(payload, payload.options, 1);
    expect(Buffer.from(map.get(Buffer.from("sea"))!).toString()).toBe("blue");
    expect(map.size).toBe(2);
  });

  it("that unpacks to more than is allowed, or than it says, is not unpacked", () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const honest = sealed(bomb, { compression: "gzip", unpackedBytes: 50_000_000 });
    expect(refusal(honest, 1_000_000)).toMatchObject({
      code: "snapshot-too-large",
      category: "policy",
      detail: "The snapshot unpacks to 50000000 bytes, more than 1000000.",
      hint: "Raise `maxBytes`, in a replay `maxSnapshotBytes`, if you trust where it comes from.",
    });
    const lying = sealed(bomb, { compression: "gzip", unpackedBytes: 1000 });
    expect(refusal(lying).detail).toBe(
      "The snapshot is not packed with gzip as it says, or unpacks to more than it says.",
    );
    const short = sealed(gzipSync(Buffer.alloc(10)), { compression: "gzip", unpackedBytes: 1000 });
    expect(refusal(short).detail).toBe("The snapshot unpacks to 10 bytes, not to 1000.");
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["what is no CBOR", sealed(Buffer.from("pickle")), /holds no CBOR of the strict kind/],
    ["two CBOR values", sealed(Buffer.concat([encode(1), encode(2)])), /holds no CBOR of the strict kind/],
    ["a key twice in a CBOR map", sealed(Buffer.from("a2616101616102", "hex")), /holds no CBOR of the strict kind/],
    [
      "an unknown field",
      sealed(encode({ ...payloadOf({}), code: "print()" })),
      /does not hold what a snapshot holds: .*code/s,
    ],
    ["another schema", sealed(encode({ ...payloadOf({}), schema: "x" })), /does not hold what a snapshot holds/],
    [
      "bytes that are not packed so",
      sealed(deflateRawSync(Buffer.from("a")), { compression: "zstd" }),
      /is not packed with zstd/,
    ],
  ])("with %s is refused", (_, bytes, words) => {
    expect(refusal(bytes).detail).toMatch(words);
  });

  it.each<[string, (payload: SnapshotPayload) => Partial<SnapshotPayload>, RegExp]>([
    [
      "a key twice",
      ({ keys }) => ({ keys: Buffer.from(keys.toString().replace("bb", "aa")) }),
      /keys that come again further back: 1/,
    ],
    ["too few keys", ({ keys }) => ({ keys: keys.subarray(2) }), /keys have 2 bytes, and lengths that add up to 4/],
    ["too many values", () => ({ values: Buffer.from("abc") }), /values have 3 bytes, and lengths that add up to 2/],
    ["another count", () => ({ count: 7 }), /keys with a length: 2, not 7/],
  ])("with %s is not restored", (_, change, words) => {
    const payload = { ...payloadOf({ aa: "1", bb: "2" }) };
    payload.keys = Buffer.from(payload.keys);
    const wrong = { ...payload, ...change(payload) };
    const restore = () => restoreMap(decodeSnapshot(encodeSnapshot(wrong, "none"), LIMIT).payload, options, 1);
    expect(restore).toThrow(words);
    expect(restore).toThrow(
      expect.objectContaining({ code: "snapshot-unsound", hint: "hashmap/repair keeps what can be kept." }),
    );
  });

  it("with a key or value that is as long as a map holds is restored, and with a longer one is not", () => {
    const restored = (key: number, value: number) => {
      const [keyLengths, valueLengths] = [Buffer.alloc(2), Buffer.alloc(4)];
      keyLengths.writeUInt16LE(key);
      valueLengths.writeUInt32LE(value);
      const [keys, values] = [Buffer.alloc(key, "k"), Buffer.alloc(value, "v")];
      const payload = { ...payloadOf({}), count: 1, keyLengths, valueLengths, keys, values };
      return restoreMap(decodeSnapshot(encodeSnapshot(payload, "none"), LIMIT).payload, options, 1).size;
    };
    expect(restored(MAX_KEY_BYTES, MAX_VALUE_BYTES)).toBe(1);
    for (const [key, value] of [
      [MAX_KEY_BYTES + 1, 1],
      [1, MAX_VALUE_BYTES + 1],
    ] as const) {
      expect(() => restored(key, value)).toThrow("keys or values longer than a map holds: 1");
    }
  });
});

const FIRST =
  "QURIU05BUDEAAgAAACAAAAAAAAABSwAAAAAAAAFLrVQ2MLmQztW6HwzzTtyJH1QC5xsDoFiMqlOnMW024fSoZGtleXNKaGFyYm91" +
  "cnNlYWVjb3VudAJldGFibGVoY2hhaW5pbmdmc2NoZW1hcmhhc2htYXAuc25hcHNob3QvMmZ2YWx1ZXNIZ3JleWJsdWVnb3B0aW9u" +
  "c6tkaGFzaGRmYXN0Z2JhY2tlbmRoYWRhcHRpdmVsbWF4RGVhZFJhdGlv+TQAbHN0YXJ0QmFja2VuZGhjaGFpbmluZ25tYXhHcm91" +
  "cExlbmd0aAhvZ3JvdXBzUGVyQnVja2V0CG9pbml0aWFsQ2FwYWNpdHkYQG9tYXhBdmVyYWdlUHJvYmUGb21heExvYWRDaGFpbmlu" +
  "Z/s/6j1wo9cKPXBpbmNyZW1lbnRhbEJhdGNoGEBwbWF4TG9hZFJvYmluSG9vZPs/6zMzMzMzM2prZXlMZW5ndGhzRAcAAwBsdmFs" +
  "dWVMZW5ndGhzSAQAAAAEAAAA";
