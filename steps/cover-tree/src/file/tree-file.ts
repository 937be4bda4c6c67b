import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { damagedTree } from "./damaged-tree.ts";
import { AnyHeader, MAGIC, PAGE, PREFIX, type Section, type TreeHeader } from "./tree-header.ts";

/** Bytes of one read; Node takes no more than 2 GiB for one. */
const MOST_READ = 2 ** 30;

/**
 * An open tree file. Opening reads the header and compares the file's length with what it says, and takes as long for a
 * large tree as for a small one; each page is checked when it is first read.
 */
export class TreeFile implements Disposable {
  readonly header: TreeHeader;
  readonly #path: string;
  readonly #descriptor: number;
  readonly #checked = new Set<number>();
  #digests: Buffer | undefined;

  /**
   * @throws StepError `tree-damaged` (invariant) where it is no tree file, is cut off, or its header is not as it was
   * written.
   */
  constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, "r");
    try {
      this.header = this.#readHeader();
    } catch (error) {
      closeSync(this.#descriptor);
      throw error;
    }
  }

  /** The numbers of a section. @throws StepError `tree-damaged` (invariant) where a page differs from its digest. */
  section(name: Section["name"]): { readonly shape: readonly [number, number]; readonly bytes: Buffer<ArrayBuffer> } {
    const section = this.header.sections.find((each) => each.name === name);
    if (section === undefined) throw damagedTree(this.#path, `it has no section "${name}"`);
    for (let page = Math.floor(section.offset / PAGE); page * PAGE < section.offset + section.bytes; page++) {
      this.#checkPage(page);
    }
    return { shape: section.shape, bytes: this.#read(this.header.body + section.offset, section.bytes) };
  }

  /** Checks every page. @throws StepError `tree-damaged` (invariant). */
  checkAll(): void {
    for (let page = 0; page < this.header.pages.count; page++) this.#checkPage(page);
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }

  #readHeader(): TreeHeader {
    const { size } = fstatSync(this.#descriptor);
    if (size < PREFIX) throw damagedTree(this.#path, `it has ${size} bytes, too few for a header`);
    const prefix = this.#read(0, PREFIX);
    if (prefix.toString("latin1", 0, 8) !== MAGIC)
      throw damagedTree(this.#path, "it does not begin as a tree file does");
    const length = prefix.readUInt32LE(8);
    if (PREFIX + length > size) throw damagedTree(this.#path, "it ends within its header");
    const json = this.#read(PREFIX, length);
    if (!sha256(json).equals(prefix.subarray(12))) throw damagedTree(this.#path, "its header has another digest");
    const parsed = AnyHeader.safeParse(parsedJson(json));
    if (!parsed.success) throw damagedTree(this.#path, "its header is of another version");
    if (parsed.data.length !== size) {
      throw damagedTree(this.#path, `it has ${size} bytes, and had ${parsed.data.length} when it was written`);
    }
    if (!holdsItsSections(parsed.data)) throw damagedTree(this.#path, "its sections do not lie in its body");
    return parsed.data;
  }

  #checkPage(page: number): void {
    if (this.#checked.has(page)) return;
    const { body, pages } = this.header;
    this.#digests ??= this.#readDigests();
    const start = body + page * PAGE;
    const bytes = this.#read(start, Math.min(PAGE, pages.offset - start));
    if (!sha256(bytes).equals(this.#digests.subarray(page * 32, (page + 1) * 32))) {
      throw damagedTree(this.#path, `page ${page}, from byte ${start} on, has another digest`);
    }
    this.#checked.add(page);
  }

  #readDigests(): Buffer {
    const { offset, count, digest } = this.header.pages;
    const digests = this.#read(offset, count * 32);
    if (sha256(digests).toString("hex") !== digest)
      throw damagedTree(this.#path, "its list of digests has another digest");
    return digests;
  }

  #read(position: number, length: number): Buffer<ArrayBuffer> {
    const bytes = Buffer.from(new ArrayBuffer(length));
    for (let done = 0; done < length; ) {
      const read = readSync(this.#descriptor, bytes, done, Math.min(MOST_READ, length - done), position + done);
      if (read === 0) throw damagedTree(this.#path, `it ends at byte ${position + done}`);
      done += read;
    }
    return bytes;
  }
}

/** Whether sections, body and digests have the sizes that follow from each other. */
function holdsItsSections({ sections, pages, body, length }: TreeHeader): boolean {
  const end = pages.offset - body;
  if (pages.count !== Math.ceil(end / PAGE) || pages.offset + pages.count * 32 !== length) return false;
  return sections.every(({ type, shape: [rows, columns], offset, bytes }) => {
    const width = type === "float64" ? 8 : 4;
    return offset % 8 === 0 && offset + bytes <= end && bytes === rows * columns * width;
  });
}

/** Nothing, where it is no JSON. */
function parsedJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
