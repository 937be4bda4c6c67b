import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { generator } from "../random/generator.ts";
import { decodeImage } from "./decode-image.ts";

const size = 24;

/** A picture without any symmetry, [size, size, 3]. */
const picture = make(3, (x, y) => [x * 10, y * 10, x < 4 && y < 8 ? 200 : 0]);
const alpha = make(1, (x) => [x * 11]);

function make(channels: number, at: (x: number, y: number) => readonly number[]): Uint8Array {
  const values = new Uint8Array(size * size * channels);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) values.set(at(x, y).slice(0, channels), (y * size + x) * channels);
  return values;
}

/** A PNG of `size` by its specification, with rows as they are, unfiltered. */
function png(depth: number, colour: number, data: Uint8Array, more: readonly Buffer[] = [], side = size): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([depth, colour], 8);
  const width = data.length / size;
  const rows = Array.from({ length: size }, (_, row) => [0, ...data.subarray(row * width, (row + 1) * width)]);
  const body = chunk("IDAT", deflateSync(Uint8Array.from(rows.flat())));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), ...more, body, chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** 16-bit samples of a byte's value and a little more, most significant byte first. */
const deep = (values: Uint8Array) => Uint8Array.from(Array.from(values, (value) => [value, value]).flat());
const interleave = (values: Uint8Array, channels: number, last: Uint8Array, width: number) =>
  Uint8Array.from(
    Array.from(last.subarray(0, last.length / width), (_, at) => [
      ...values.subarray(at * channels, (at + 1) * channels),
      ...last.subarray(at * width, (at + 1) * width),
    ]).flat(),
  );
const grey = make(1, (x, y) => [x * 5 + y * 5]);
const threefold = (values: Uint8Array) => Uint8Array.from(Array.from(values, (value) => [value, value, value]).flat());
const overBlack = (values: Uint8Array, opacity: Uint8Array) =>
  values.map((value, at) => Math.round((value * opacity[Math.floor(at / 3)]!) / 255));

async function farthest(bytes: Uint8Array, expected: Uint8Array): Promise<number> {
  const pixels = await decodeImage(bytes, size, "fill");
  return pixels.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
}

describe("decodeImage", () => {
  const bits = Uint8Array.from({ length: (size * size) / 8 }, (_, at) => (at * 37) % 256);
  const black = Uint8Array.from({ length: size * size }, (_, at) => (bits[at >> 3]! & (0x80 >> (at % 8)) ? 255 : 0));
  const palette = Uint8Array.from({ length: 256 * 3 }, (_, at) => (at * 7) % 256);
  const paletted = Uint8Array.from(Array.from(grey, (index) => [...palette.subarray(index * 3, index * 3 + 3)]).flat());
  const opacities = Uint8Array.from({ length: 256 }, (_, index) => 255 - index);
  const forms: readonly (readonly [string, Buffer, Uint8Array])[] = [
    ["red, green, blue", png(8, 2, picture), picture],
    ["16 bits a colour", png(16, 2, deep(picture)), picture],
    ["colours and alpha", png(8, 6, interleave(picture, 3, alpha, 1)), overBlack(picture, alpha)],
    ["16 bits, colours and alpha", png(16, 6, interleave(deep(picture), 6, deep(alpha), 2)), overBlack(picture, alpha)],
    ["one colour that is transparent", keyed(), withoutKey()],
    ["grey", png(8, 0, grey), threefold(grey)],
    ["grey of 16 bits", png(16, 0, deep(grey)), threefold(grey)],
    ["grey and alpha", png(8, 4, interleave(grey, 1, alpha, 1)), overBlack(threefold(grey), alpha)],
    ["one bit", png(1, 0, bits), threefold(black)],
    ["a palette", png(8, 3, grey, [chunk("PLTE", palette)]), paletted],
    [
      "a palette, partly transparent",
      png(8, 3, grey, [chunk("PLTE", palette), chunk("tRNS", opacities)]),
      overBlack(
        paletted,
        grey.map((index) => opacities[index]!),
      ),
    ],
  ];
  it.each(forms)("reads a PNG of %s", async (_, bytes, expected) => {
    expect(await farthest(bytes, expected)).toBeLessThanOrEqual(1);
  });

  it.each(["png", "jpeg", "webp", "tiff"] as const)("turns a %s upright, however it lies", async (format) => {
    // What the EXIF specification says of each orientation: where in the picture as it should be seen a stored pixel
    // belongs.
    const end = size - 1;
    const places = [
      (x: number, y: number) => [x, y],
      (x: number, y: number) => [end - x, y],
      (x: number, y: number) => [end - x, end - y],
      (x: number, y: number) => [x, end - y],
      (x: number, y: number) => [y, x],
      (x: number, y: number) => [end - y, x],
      (x: number, y: number) => [end - y, end - x],
      (x: number, y: number) => [y, end - x],
    ];
    for (const [index, place] of places.entries()) {
      const stored = make(3, (x, y) => {
        const [column, row] = place(x, y);
        const at = (row! * size + column!) * 3;
        return [...picture.subarray(at, at + 3)];
      });
      const bytes = await sharp(stored, { raw: { width: size, height: size, channels: 3 } })
        .withMetadata({ orientation: index + 1 })
        .toFormat(format, format === "png" ? {} : { quality: 100, lossless: true, chromaSubsampling: "4:4:4" })
        .toBuffer();
      expect(await farthest(bytes, picture), `orientation ${index + 1}`).toBeLessThanOrEqual(format === "jpeg" ? 8 : 1);
    }
  });

  it("reads interlaced and progressive pictures", async () => {
    const raw = sharp(picture, { raw: { width: size, height: size, channels: 3 } });
    expect(await farthest(await raw.clone().png({ progressive: true }).toBuffer(), picture)).toBe(0);
    const jpeg = await raw.clone().jpeg({ quality: 100, progressive: true, chromaSubsampling: "4:4:4" }).toBuffer();
    expect(await farthest(jpeg, picture)).toBeLessThanOrEqual(8);
  });

  it("takes the first picture of an animation", async () => {
    const frames = Buffer.concat([picture, picture.map((value) => 255 - value)]);
    const raw = { width: size, height: 2 * size, channels: 3, pageHeight: size } as const;
    for (const format of ["webp", "gif"] as const) {
      const animation = sharp(frames, { raw }).toFormat(format, { lossless: true, loop: 0 });
      expect(await farthest(await animation.toBuffer(), picture)).toBeLessThanOrEqual(format === "gif" ? 32 : 1);
    }
  });

  it("brings a WebP to size by the same filter as a PNG", async () => {
    const random = generator(3);
    const coarse = Uint8Array.from({ length: 40 * 30 * 3 }, () => random.below(256));
    const large = sharp(coarse, { raw: { width: 40, height: 30, channels: 3 } }).resize(400, 300, {
      kernel: "nearest",
    });
    const reference = await decodeImage(await large.clone().png().toBuffer(), size, "fill");
    expect(await farthest(await large.clone().webp({ lossless: true }).toBuffer(), reference)).toBe(0);
  });

  it("takes pictures of one pixel, and of one column", async () => {
    const strip = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: "#a52" } })
        .png()
        .toBuffer();
    const brown = new Uint8Array(size * size * 3).map((_, at) => [0xaa, 0x55, 0x22][at % 3]!);
    for (const bytes of [await strip(1, 1), await strip(1, 20_000), await strip(20_000, 1)])
      expect(await farthest(bytes, brown)).toBeLessThanOrEqual(1);
  });

  it.each(["png", "jpeg", "webp", "tiff", "avif"] as const)(
    "refuses a %s that ends early, wherever",
    async (format) => {
      const random = generator(4);
      const noise = Uint8Array.from({ length: 16 * 16 * 3 }, () => random.below(256));
      const whole = await sharp(noise, { raw: { width: 16, height: 16, channels: 3 } })
        .toFormat(format)
        .toBuffer();
      // The last 12 bytes of a PNG only say that it ends, and the last 4 of its data are a checksum.
      const least = format === "png" ? 16 : 1;
      for (let length = 0; length <= whole.length - least; length += 10)
        await expect(decodeImage(whole.subarray(0, length), 8, "fill"), `${length}`).rejects.toThrow(/\w/);
    },
  );

  it("refuses a picture that would unfold to more pixels than memory holds", async () => {
    const bomb = png(1, 0, bits, [], 30_000);
    await expect(decodeImage(bomb, size, "fill")).rejects.toThrow("Input image exceeds pixel limit");
  });
});

function keyed(): Buffer {
  return png(8, 2, picture, [chunk("tRNS", Uint8Array.from([0, 0, 0, 100, 0, 200]))]);
}

function withoutKey(): Uint8Array {
  const kept = picture.slice();
  for (let at = 0; at < kept.length; at += 3)
    if (kept[at] === 0 && kept[at + 1] === 100 && kept[at + 2] === 200) kept.fill(0, at, at + 3);
  return kept;
}
