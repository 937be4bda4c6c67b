import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened, options, upTo } from "../fixtures/opened.ts";
import { noPoints } from "../points/join-points.ts";
import { buildTree } from "../tree/build-tree.ts";
import { validateTree } from "../tree/validate-tree.ts";
import { encodeTree } from "./encode-tree.ts";
import { readTree } from "./read-tree.ts";
import type { StoredTree } from "./stored-tree.ts";
import { TreeFile } from "./tree-file.ts";

const directory = mkdtempSync(join(tmpdir(), "tree-file-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** Of more than one page. */
const stored = await storedTree(20_000, 5);
const bytes = encodeTree(stored);
const path = join(directory, "tree.ct");
writeFileSync(path, bytes);

describe("a tree file", () => {
  it("gives back what was written, and equal trees have equal bytes", async () => {
    expect(readTree(path)).toEqual(stored);
    expect(encodeTree(readTree(path))).toEqual(bytes);
    const small = await storedTree(1, 1);
    const other = join(directory, "small.ct");
    writeFileSync(other, encodeTree(small));
    expect(readTree(other)).toEqual(small);
  });

  it("of version 1, whose base was 2, is read and holds a valid tree", () => {
    const old = fileURLToPath(new URL("../fixtures/version-1.tree.ct", import.meta.url));
    const { points, tree } = readTree(old);
    const { space } = opened(distances.euclidean!, points);
    expect(tree.base).toBe(2);
    expect(points.count).toBe(40);
    expect(validateTree(tree, space)).toEqual([]);
    expect(validateTree({ ...tree, base: 1.3 }, space)).not.toEqual([]);
  });

  it("is refused at once where it is cut off, wherever that is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        const cut = join(directory, "cut.ct");
        writeFileSync(cut, bytes);
        truncateSync(cut, length);
        expect(() => new TreeFile(cut)).toThrow("is no whole tree file");
      }),
      { numRuns: 30 },
    );
  });

  it("is opened by reading as much of a large tree as of a small one", async () => {
    const [small, large] = [encodeTree(await storedTree(10, 5)), bytes].map((each) =>
      Buffer.from(each).readUInt32LE(8),
    );
    expect(large).toBe(small);
  });

  it.each([
    ["the first bytes", 0, "it does not begin as a tree file does"],
    ["the header", 60, "its header has another digest"],
    ["the last page", bytes.length - 32 * 3, "page 1, from byte"],
  ])("with a changed bit in %s is refused", (_, at, words) => {
    expect(() => read(changed(at))).toThrow(words);
  });

  it.each([
    ["is of another version", (header: string) => header.replace("cover-tree.file/2", "cover-tree.file/9")],
    ["is no JSON", () => "no JSON"],
  ])("whose header %s is refused, also where its digest holds", (_, change) => {
    expect(() => read(withHeader(change))).toThrow("its header is of another version");
  });

  it.each([
    ["lets a section end beyond the body", (header: string) => header.replace(/("name":"radii".*?"offset":)\d/, "$19")],
    ["lets a section begin within a number", (header: string) => less(header, /("name":"radii".*?"offset":)(\d+)/, 4)],
    ["lets its pages end behind the file", (header: string) => less(header, /("pages":\{"offset":)(\d+)/, -8)],
    ["has other bytes than numbers", (header: string) => header.replace('"bytes":800000', '"bytes":799997')],
    ["has fewer pages than the body", (header: string) => header.replace('"count":2', '"count":1')],
  ])("whose header %s is refused, also where its digest holds", (_, change) => {
    expect(() => read(withHeader(change))).toThrow("its sections do not lie in its body");
  });

  it("finds a changed bit wherever it is when all is checked, and only then if nobody reads that page", () => {
    const second = changed(bytes.length - 3 * 32 - 1);
    using file = new TreeFile(second);
    expect(file.section("points").bytes.length).toBe(20_000 * 5 * 8);
    expect(() => file.checkAll()).toThrow(/page 1, from byte \d+ on, has another digest/);
    using digests = new TreeFile(changed(bytes.length - 1));
    expect(() => digests.checkAll()).toThrow("its list of digests has another digest");
  });
});

function read(file: string) {
  using open = new TreeFile(file);
  open.checkAll();
}

function changed(at: number): string {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1;
  const file = join(directory, "changed.ct");
  writeFileSync(file, copy);
  return file;
}

/** A header in which a number is less by some. */
function less(header: string, place: RegExp, by: number): string {
  return header.replace(place, (_, before, number) => `${before}${Number(number) - by}`);
}

function withHeader(change: (header: string) => string): string {
  const whole = Buffer.from(bytes);
  const end = 44 + whole.readUInt32LE(8);
  const header = Buffer.from(change(whole.toString("utf8", 44, end)).padEnd(end - 44));
  const digest = createHash("sha256").update(header).digest();
  const file = join(directory, "header.ct");
  writeFileSync(file, Buffer.concat([whole.subarray(0, 12), digest, header, whole.subarray(end)]));
  return file;
}

async function storedTree(count: number, dimension: number): Promise<StoredTree> {
  const points = placedPoints("normal", count, dimension, 2);
  const tree = await buildTree(opened(distances.euclidean!, points), upTo(count), upTo(count), options());
  return {
    points,
    tree,
    inducing: noPoints,
    distance: { name: "euclidean", options: {} },
    nextRow: count,
    leafSize: 32,
    runHash: "sha256:00",
  };
}
