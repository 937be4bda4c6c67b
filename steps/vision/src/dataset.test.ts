import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StepError, type z } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import dataset from "./dataset.ts";
import type { DatasetIndex } from "./images/dataset-index.ts";
import { readSplit } from "./images/read-split.ts";
import { type SplitName, splitNames } from "./images/split-kinds.ts";
import { generator } from "./random/generator.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vision-images-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Format = "png" | "jpeg" | "webp";

/** Writes a picture of noise; equal seeds give equal pictures. */
async function paint(name: string, seed: number, format: Format = "png"): Promise<void> {
  const random = generator(seed);
  const raw = Uint8Array.from({ length: 20 * 12 * 3 }, () => random.below(256));
  put(
    name,
    await sharp(raw, { raw: { width: 20, height: 12, channels: 3 } })
      .toFormat(format)
      .toBuffer(),
  );
}

function put(name: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}

async function paintClasses(count: number): Promise<void> {
  const formats = [
    ["a.PNG", "png"],
    ["b.JPeG", "jpeg"],
    ["c.jpg", "jpeg"],
    ["d.webp", "webp"],
  ] as const;
  for (let index = 0; index < count; index++) {
    const [suffix, format] = formats[index % formats.length]!;
    await paint(`hole/${index}${suffix}`, index, format);
    await paint(`flat/deep/${index}${suffix}`, 1000 + index, format);
  }
}

type Config = z.input<(typeof dataset)["definition"]["config"]>;

async function refusal(config: Config = {}) {
  using result = await runStep(dataset, { config: { size: 8, ...config }, inputs: { images: { path: folder } } });
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

const read = (output: { readonly path: string }, name: SplitName) =>
  readSplit({ path: output.path, file: (relative) => join(output.path, relative) }, name);

describe("vision/dataset on a folder", () => {
  it("reads PNG, JPEG and WebP whatever the case of their names, and divides each class", async () => {
    await paintClasses(40);
    put("LICENSE", "not a class");
    put("stray.png", "of no class");
    put("hole/notes.txt", "not an image");
    put("hole/.hidden.png", "not shown");
    put("hole/.ipynb_checkpoints/0.png", "an older copy");
    using result = await runStep(dataset, { config: { size: 8 }, inputs: { images: { path: folder } } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.index.json()).toEqual({
      schema: "vision.dataset/1",
      source: "folder",
      size: 8,
      channels: 3,
      classes: ["flat", "hole"],
      splits: {
        train: { flat: 24, hole: 24 },
        val_select: { flat: 6, hole: 6 },
        calib_fit: { flat: 3, hole: 3 },
        calib_conformal: { flat: 3, hole: 3 },
        val_test: { flat: 4, hole: 4 },
      },
      duplicates: 0,
      skipped: [],
    });
    expect(splitNames.map((name) => read(result.outputs[name], name).labels.length)).toEqual([48, 12, 6, 6, 8]);
    expect(result.log.map(({ message }) => message)).toContain(
      "2 files are no images of a class: stray.png, hole/notes.txt",
    );
    expect(result.progress.at(-1)).toMatchObject({ done: 80, total: 80 });
  });

  it("gives the same bytes again, wherever the folder lies, and others for another seed", async () => {
    await paintClasses(40);
    const digests = async (seed: number) => {
      using result = await runStep(dataset, { config: { size: 8 }, seed, inputs: { images: { path: folder } } });
      return splitNames.map((name) => result.outputs[name].digest);
    };
    expect(await digests(1)).toEqual(await digests(1));
    expect(await digests(1)).not.toEqual(await digests(2));
  });

  it("tells cuts of one pool apart, and pools", async () => {
    await paintClasses(40);
    const originOf = async (seed: number) => {
      using result = await runStep(dataset, { config: { size: 8 }, seed, inputs: { images: { path: folder } } });
      const origins = splitNames.map((name) => read(result.outputs[name], name).origin);
      expect(origins.map(({ split }) => split)).toEqual(splitNames);
      expect(new Set(origins.map(({ cut }) => cut)).size).toBe(1);
      return origins[0]!;
    };
    const [one, two] = [await originOf(1), await originOf(2)];
    expect(two.pool).toBe(one.pool);
    expect(two.cut).not.toBe(one.cut);
    rmSync(join(folder, "hole/0a.PNG"));
    expect((await originOf(1)).pool).not.toBe(one.pool);
  });

  it("keeps what is told of pictures, and says which rows name none", async () => {
    await paintClasses(40);
    const rows = [
      { name: "hole/0a.PNG", weather: "rain", hour: 7 },
      { name: "hole/none.png", weather: "sun" },
    ];
    const inputs = { images: { path: folder }, metadata: { rows } };
    using result = await runStep(dataset, { config: { size: 8 }, inputs });
    const found = splitNames.flatMap((name) => {
      const { names, metadata } = read(result.outputs[name], name);
      return metadata.filter((_, index) => names[index] === "hole/0a.PNG");
    });
    expect(found).toEqual([{ weather: "rain", hour: 7 }]);
    expect(result.log).toContainEqual(
      expect.objectContaining({ level: "warn", message: "1 rows of metadata name no picture: hole/none.png" }),
    );
    using twice = await runStep(dataset, {
      config: { size: 8 },
      inputs: { ...inputs, metadata: { rows: [rows[0], rows[0]] } },
    });
    expect((twice.error as StepError).toEnvelope()).toEqual({
      error: "metadata-repeats",
      category: "input",
      detail: "Two rows of the metadata name the picture hole/0a.PNG.",
      hint: "Keep one row a picture, with all its columns.",
    });
  });

  it("takes the positive class that is named", async () => {
    await paintClasses(40);
    const config = { size: 8, positive: "flat" };
    using result = await runStep(dataset, { config, inputs: { images: { path: folder } } });
    expect(read(result.outputs.train, "train").classes).toEqual(["hole", "flat"]);
    expect(await refusal({ positive: "works" })).toMatchObject({
      error: "positive-unknown",
      detail: `positive is "works", but the classes of ${folder} are flat and hole.`,
    });
  });

  it("keeps copies of a picture in one split", async () => {
    await paintClasses(40);
    for (let copy = 0; copy < 6; copy++) await paint(`hole/copy${copy}.png`, 4);
    using result = await runStep(dataset, { config: { size: 8 }, inputs: { images: { path: folder } } });
    expect((result.outputs.index.json() as DatasetIndex).duplicates).toBe(6);
    const holding = splitNames.filter((name) =>
      (JSON.parse(readText(result.outputs[name].path)) as { files: { name: string }[] }).files.some((file) =>
        /copy\d|hole\/4a/.test(file.name),
      ),
    );
    expect(holding).toHaveLength(1);
  });

  it("names every corrupt file", async () => {
    await paintClasses(40);
    put("flat/broken.jpg", "no picture");
    put("hole/empty.png", "");
    expect(await refusal()).toEqual({
      error: "images-corrupt",
      category: "input",
      detail:
        "2 of 82 images can't be read: flat/broken.jpg (Input buffer contains unsupported image format), " +
        "hole/empty.png (Input Buffer is empty).",
      hint: "Repair, convert or remove them, or set corrupt to skip to go on without them.",
    });
  });

  it("names a file that ends early, and twenty of many", async () => {
    await paintClasses(40);
    const whole = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#a52" } })
      .jpeg()
      .toBuffer();
    for (let index = 0; index < 25; index++) put(`hole/cut${index}.jpg`, whole.subarray(0, whole.length - 40));
    const { detail } = await refusal();
    expect(detail).toMatch(/^25 of 105 images can't be read: hole\/cut0\.jpg /);
    const why = "(Input buffer has corrupt header: VipsJpeg: premature end of JPEG image)";
    expect(detail.split(why)).toHaveLength(21);
    expect(detail).toMatch(/ and 5 more\.$/);
  });

  it("goes on without corrupt files where told to, and lists them", async () => {
    await paintClasses(40);
    put("flat/broken.jpg", "no picture");
    const config = { size: 8, corrupt: "skip" } as const;
    using result = await runStep(dataset, { config, inputs: { images: { path: folder } } });
    const skipped = [{ name: "flat/broken.jpg", reason: "Input buffer contains unsupported image format" }];
    expect((result.outputs.index.json() as DatasetIndex).skipped).toEqual(skipped);
    expect(result.log).toContainEqual(
      expect.objectContaining({
        level: "warn",
        message: expect.stringContaining("flat/broken.jpg is left out: Input"),
      }),
    );
  });

  it("refuses a picture that stands in both classes, or leaves it out", async () => {
    await paintClasses(40);
    await paint("flat/same.png", 4);
    expect(await refusal()).toMatchObject({
      error: "images-conflict",
      category: "input",
      detail: "1 pictures stand in both classes with equal pixels: flat/same.png = hole/4a.PNG.",
    });
    const config = { size: 8, conflicting: "skip" } as const;
    using result = await runStep(dataset, { config, inputs: { images: { path: folder } } });
    expect((result.outputs.index.json() as DatasetIndex).skipped.map(({ name }) => name)).toEqual([
      "flat/same.png",
      "hole/4a.PNG",
    ]);
  });

  it("makes two classes of several subfolders", async () => {
    await paintClasses(40);
    for (let index = 0; index < 20; index++) await paint(`even/${index}.png`, 2000 + index);
    const classes = { hole: ["hole"], whole: ["*"] };
    using result = await runStep(dataset, { config: { size: 8, classes }, inputs: { images: { path: folder } } });
    expect(result.error).toBeUndefined();
    expect((result.outputs.index.json() as DatasetIndex).splits.train).toEqual({ hole: 24, whole: 36 });
    using without = await runStep(dataset, { config: { classes } });
    expect((without.error as StepError).toEnvelope()).toEqual({
      error: "class-folder-missing",
      category: "input",
      detail: "classes names subfolders, but no images are wired, and rendered scenes have none.",
      hint: "Wire images to a folder, or leave classes out.",
    });
  });

  it("names pictures that are cut within their header, and of kinds that can't be decoded", async () => {
    await paintClasses(40);
    put("flat/cut.png", readFileSync(join(folder, "hole/0a.PNG")).subarray(0, 40));
    put("hole/photo.heic", "no picture");
    expect((await refusal()).detail).toBe(
      "2 of 82 images can't be read: flat/cut.png (Input buffer has corrupt header), " +
        "hole/photo.heic (Input buffer contains unsupported image format).",
    );
  });

  it("refuses shares that do not add up to 1", async () => {
    const split = { train: 0.7, val_select: 0.2, val_calib: 0.2, val_test: 0.1 };
    await expect(runStep(dataset, { config: { split } })).rejects.toThrow(
      "the shares of train, val_select, val_calib and val_test must add up to 1",
    );
  });
});

describe("vision/dataset on rendered scenes", () => {
  it("renders both classes where no images are wired", async () => {
    using result = await runStep(dataset, { config: { size: 16, scenes: { count: 60 } } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.index.json()).toMatchObject({
      source: "scenes",
      classes: ["clear", "roadworks"],
      splits: { train: { clear: 18, roadworks: 18 } },
    });
    expect(read(result.outputs.train, "train").pixels).toHaveLength(36 * 16 * 16 * 3);
  });

  it("refuses a positive class that no scene has", async () => {
    using result = await runStep(dataset, { config: { positive: "snow" } });
    expect(result.error).toMatchObject({ code: "positive-unknown" });
  });
});

function readText(split: string): string {
  return readFileSync(join(split, "index.json"), "utf8");
}
