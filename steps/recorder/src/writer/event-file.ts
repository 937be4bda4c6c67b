import { closeSync, openSync, writeSync } from "node:fs";

/** Writes bytes to a descriptor. Tests put one in that fails. */
export type WriteBytes = (descriptor: number, bytes: Uint8Array, offset: number, length: number) => number;

const BLOCK = 1 << 20;

/** A JSON array in a file, to which events are appended. Memory is one block, whatever the length. */
export class EventFile {
  readonly #descriptor: number;
  readonly #write: WriteBytes;
  readonly #block = Buffer.allocUnsafe(BLOCK);
  #used = 0;
  /** Events so far. */
  #count = 0;

  constructor(path: string, write: WriteBytes = writeSync) {
    this.#descriptor = openSync(path, "wx");
    this.#write = write;
    this.#used = this.#block.write("[\n");
  }

  /** Appends an event that is encoded already. */
  bytes(event: Uint8Array): void {
    this.#separate(event.length);
    this.#block.set(event, this.#used);
    this.#used += event.length;
  }

  /** Appends an event as JSON text. */
  text(event: string): void {
    if (event.length * 3 + 2 > BLOCK) {
      this.#long(event);
      return;
    }
    this.#separate(event.length * 3);
    this.#used += this.#block.write(event, this.#used, "utf8");
  }

  close(): void {
    this.#separate(0, "\n]\n");
    this.flush();
    closeSync(this.#descriptor);
  }

  /** Closes the file as it is, with what can still be written. */
  abandon(): void {
    try {
      this.flush();
    } catch {
      // It is given up because of that.
    }
    closeSync(this.#descriptor);
  }

  flush(): void {
    this.#writeAll(this.#block, this.#used);
    this.#used = 0;
  }

  #separate(length: number, separator: string = this.#count === 0 ? "" : ",\n"): void {
    if (this.#used + length + 4 > BLOCK) this.flush();
    this.#used += this.#block.write(separator, this.#used, "latin1");
    this.#count += 1;
  }

  #long(event: string): void {
    this.#separate(0);
    this.flush();
    const bytes = Buffer.from(event);
    this.#writeAll(bytes, bytes.length);
  }

  #writeAll(bytes: Uint8Array, length: number): void {
    for (let offset = 0; offset < length; ) offset += this.#write(this.#descriptor, bytes, offset, length - offset);
  }
}
