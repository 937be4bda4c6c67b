import { closeSync, readSync } from "node:fs";
import { openIfThere } from "../open-if-there.ts";

/** Reads a file as it grows, line by line. A last line without its end is kept for the next time. */
export class AppendedLines {
  readonly #path: string;
  #offset = 0;
  /** The parts of a line whose end has yet to come. */
  #begun: Buffer[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * What was appended since the last call, read as it is gone through, and to be gone through to the end; nothing while
   * the file is not there.
   */
  *next(): Generator<string, void, undefined> {
    for (const chunk of this.#chunks()) {
      const end = chunk.lastIndexOf(0x0a);
      if (end >= 0) {
        yield* Buffer.concat([...this.#begun, chunk.subarray(0, end)])
          .toString("utf8")
          .split("\n");
        this.#begun = [];
      }
      if (end + 1 < chunk.length) this.#begun.push(chunk.subarray(end + 1));
    }
  }

  *#chunks(): Generator<Buffer, void, undefined> {
    const descriptor = openIfThere(this.#path);
    if (descriptor === undefined) return;
    try {
      for (;;) {
        const chunk = Buffer.alloc(CHUNK);
        const length = readSync(descriptor, chunk, 0, CHUNK, this.#offset);
        if (length === 0) return;
        this.#offset += length;
        yield chunk.subarray(0, length);
      }
    } finally {
      closeSync(descriptor);
    }
  }
}

const CHUNK = 64 * 1024;
