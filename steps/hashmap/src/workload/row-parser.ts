import { isUtf8 } from "node:buffer";
import { MAX_VALUE_BYTES } from "../map/record.ts";
import { counted } from "../quantities.ts";
import { operationAt } from "./operation-at.ts";
import { BATCH_ROWS, PUT, type RowBatch } from "./row-batch.ts";
import { LF, QUOTE, RowScanner } from "./row-scanner.ts";
import { invalidWorkload, workloadTooLarge } from "./workload-error.ts";
import type { WorkloadLimits } from "./workload-limits.ts";

/**
 * Parses and checks a workload in pieces, whole rows only: what is left of a piece is given again, in front of the next
 * one. Every row must end in a line break. Quoted fields are unescaped in place, once their row was found good.
 */
export class RowParser {
  /** The line of the next row, from 1; the header is line 1. */
  line = 1;
  /** Rows so far, without the header. */
  rows = 0;
  /** Whether each row must be checked to be UTF-8, since the piece as a whole is not. */
  isSuspicious = false;
  readonly #path: string;
  readonly #limits: WorkloadLimits;
  readonly #scanner: RowScanner;
  #bytes: Uint8Array = new Uint8Array(0);
  #row = 0;

  constructor(path: string, limits: WorkloadLimits) {
    this.#path = path;
    this.#limits = limits;
    this.#scanner = new RowScanner((at, what) => this.#fault(at, what));
  }

  /**
   * Fills `batch` with rows of its bytes between `start` and `end`, and gives the place behind the last one it took.
   *
   * @throws StepError `workload-invalid`, `workload-too-large`.
   */
  parse(batch: RowBatch, start: number, end: number): number {
    this.#bytes = batch.bytes;
    this.#row = start;
    batch.count = 0;
    while (batch.count < BATCH_ROWS && this.#row < end) {
      if (this.line > 1 && !this.isSuspicious) this.#takePlain(batch, end);
      if (batch.count === BATCH_ROWS || this.#row === end) break;
      const next = this.#scanner.scan(batch.bytes, this.#row, end);
      if (next === -1) break;
      this.#checkText(next);
      if (this.line === 1) this.#checkHeader();
      else this.#take(batch);
      this.line += 1 + this.#scanner.newlines;
      this.#row = next;
    }
    return this.#row;
  }

  /** To be called when nothing is left but the bytes from `start` to `end`, which are no whole row. */
  finish(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#row = start;
    if (start < end) this.#fault(start, "a quoted field has no end");
    if (this.line === 1) this.#fault(start, "the file is empty");
  }

  /**
   * Most rows of most workloads are taken here; the careful way below takes any row, and tells what is wrong with one.
   */
  #takePlain(batch: RowBatch, end: number): void {
    const { maxKeyBytes, maxRows } = this.#limits;
    const before = batch.count;
    const most = maxRows === 0 ? BATCH_ROWS : Math.min(BATCH_ROWS, before + maxRows - this.rows);
    this.#row = batch.takePlainRows(this.#row, end, { rows: most, keyBytes: maxKeyBytes });
    this.rows += batch.count - before;
    this.line += batch.count - before;
  }

  #checkHeader(): void {
    const header = [0, 1, 2].map((field) => this.#text(field)).join(",");
    if (header.startsWith(BYTE_ORDER_MARK)) this.#fault(this.#row, "there is a byte order mark in front of the header");
    if (header !== "op,key,value") this.#fault(this.#row, `the header is ${quote(header)}, not "op,key,value"`);
  }

  #take(batch: RowBatch): void {
    const { starts, lengths } = this.#scanner;
    const operation = this.#operation();
    const keyLength = lengths[1]!;
    const valueLength = lengths[2]!;
    if (keyLength === 0) this.#fault(starts[1]!, "the key is empty");
    if (operation === PUT && valueLength === 0) this.#fault(starts[2]!, "put has no value");
    if (operation !== PUT && valueLength !== 0) this.#fault(starts[2]!, "get and del take no value");
    const { maxKeyBytes, maxRows } = this.#limits;
    if (keyLength > maxKeyBytes) this.#fault(starts[1]!, `the key has ${keyLength} bytes, more than ${maxKeyBytes}`);
    if (valueLength > MAX_VALUE_BYTES) {
      this.#fault(starts[2]!, `the value has ${valueLength} bytes, more than ${MAX_VALUE_BYTES}`);
    }
    if (this.rows === maxRows && maxRows > 0) {
      throw workloadTooLarge(this.#path, `has more than ${counted(maxRows, "row")}`, "maxRows");
    }
    const row = batch.count++;
    this.rows++;
    batch.operations[row] = operation;
    batch.keyStarts[row] = starts[1]!;
    batch.keyEnds[row] = this.#unescaped(1);
    batch.valueStarts[row] = starts[2]!;
    batch.valueEnds[row] = this.#unescaped(2);
  }

  #operation(): number {
    const start = this.#scanner.starts[0]!;
    const operation = this.#scanner.ends[0]! - start === 3 ? operationAt(this.#bytes, start) : -1;
    if (operation >= 0) return operation;
    return this.#fault(start, `the operation ${quote(this.#text(0))} is none of put, get and del`);
  }

  /** Halves doubled quotes; gives the end of what is left. */
  #unescaped(field: number): number {
    const bytes = this.#bytes;
    const start = this.#scanner.starts[field]!;
    const end = this.#scanner.ends[field]!;
    if (bytes[start - 1] !== QUOTE) return end;
    let target = start;
    for (let position = start; position < end; position++) {
      bytes[target++] = bytes[position]!;
      if (bytes[position] === QUOTE) position++;
    }
    return target;
  }

  #text(field: number): string {
    const { starts, ends } = this.#scanner;
    return Buffer.from(this.#bytes.subarray(starts[field]!, ends[field]!)).toString();
  }

  /** Refuses what is no UTF-8 between the row's start and `end`, where it begins. */
  #checkText(end: number): void {
    const bytes = this.#bytes.subarray(this.#row, end);
    if (!this.isSuspicious || isUtf8(bytes)) return;
    // What is no text is replaced when it is decoded; a replacement may begin with the bytes that it stands for.
    const text = Buffer.from(Buffer.from(bytes).toString());
    let good = bytes.findIndex((byte, at) => byte !== text[at]);
    if (good === -1) good = bytes.length;
    while (!isUtf8(bytes.subarray(0, good))) good--;
    this.#fault(this.#row + good, "this is not UTF-8");
  }

  /** Whatever else is wrong with what is no text, is wrong because of that. */
  #fault(at: number, what: string): never {
    this.#checkText(at);
    const before = this.#bytes.subarray(this.#row, at);
    const lineStart = before.lastIndexOf(LF) + 1;
    const lines = before.reduce((count, byte) => count + (byte === LF ? 1 : 0), 0);
    const characters = before.subarray(lineStart).reduce((count, byte) => count + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);
    throw invalidWorkload(this.#path, this.line + lines, characters + 1, what);
  }
}

/** Which nobody sees who is shown the header. */
const BYTE_ORDER_MARK = "\ufeff";

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
