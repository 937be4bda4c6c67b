import { closeSync, openSync, readSync } from "node:fs";

/** Reads a file as it grows, line by line. A last line without its end is kept for the next time. */
export class AppendedLines {
  readonly #path: string;
  #offset = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = path;
  }

  /** What was appended since the last call; nothing while the file is not there. */
  next(): readonly string[] {
    const bytes = Buffer.concat([this.#rest, this.#read()]);
    const end = bytes.lastIndexOf(0x0a);
    this.#rest = bytes.subarray(end + 1);
    if (end < 0) return [];
    return bytes.subarray(0, end).toString("utf8").split("\n");
  }

  #read(): Buffer {
    let descriptor: number;
    try {
      descriptor = openSync(this.#path, "r");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
      throw error;
    }
    try {
      const chunks: Buffer[] = [];
      for (;;) {
        const chunk = Buffer.alloc(64 * 1024);
        const length = readSync(descriptor, chunk, 0, chunk.length, this.#offset);
        if (length === 0) return Buffer.concat(chunks);
        this.#offset += length;
        chunks.push(chunk.subarray(0, length));
      }
    } finally {
      closeSync(descriptor);
    }
  }
}
