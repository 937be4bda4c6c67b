import { closeSync, openSync, readSync } from "node:fs";

/** A small file of /proc that is read again and again: opening it each time costs more than all else. */
export class KeptFile {
  readonly #buffer = Buffer.alloc(4_096);
  #descriptor: number | undefined;

  constructor(path: string) {
    this.#descriptor = open(path);
  }

  /** Its first 4,096 bytes as they are now; undefined where it can't be read, as of a process that is gone. */
  read(): string | undefined {
    if (this.#descriptor === undefined) return undefined;
    try {
      return this.#buffer.toString("latin1", 0, readSync(this.#descriptor, this.#buffer, 0, this.#buffer.length, 0));
    } catch {
      return undefined;
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}
