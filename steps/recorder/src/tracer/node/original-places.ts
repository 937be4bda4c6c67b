import type { Columns } from "./instrument/insertions.ts";
import { indexOfText, lastIndexOfText, sliceText } from "./primordials.ts";

interface InstrumentedFile {
  readonly columns: Record<number, readonly (readonly [number, number])[]>;
  readonly lineStarts: readonly number[];
}

/**
 * Where places of instrumented code stand in the source: the line is right already, columns and offsets are told here.
 * Nothing in here calls a method that the program could have replaced.
 */
export class OriginalPlaces {
  /** By the name of the file or its URL. */
  readonly #files: Record<string, InstrumentedFile> = Object.create(null);

  add(name: string, columns: Columns, lineStarts: readonly number[]): void {
    this.#files[name] = { columns: Object.assign(Object.create(null), Object.fromEntries(columns)), lineStarts };
  }

  names(): readonly string[] {
    return Object.keys(this.#files);
  }

  has(name: string): boolean {
    return this.#files[name] !== undefined;
  }

  /** The column for a column of an instrumented file's line; all count from 1. */
  column(name: string, line: number, column: number): number {
    return originalColumn(this.#files[name]?.columns[line - 1] ?? [], column - 1) + 1;
  }

  /** The offset from the begin of the file. */
  offset(name: string, line: number, column: number): number {
    return (this.#files[name]?.lineStarts[line - 1] ?? 0) + this.column(name, line, column) - 1;
  }

  /** A text in which the last `name:line:column` stands right; `name` is an instrumented file. */
  inText(text: string, name: string, line: number, column: number): string {
    const place = `:${line}:${column}`;
    const at = lastIndexOfText(text, place);
    if (at < 0) return text;
    return `${sliceText(text, 0, at)}:${line}:${this.column(name, line, column)}${sliceText(text, at + place.length)}`;
  }

  /** `eval at f (name:line:column)`, of which the innermost place may be one of an instrumented file. */
  inEvalOrigin(text: string): string {
    const begin = indexOfText(text, " (", lastIndexOfText(text, "eval at ")) + 2;
    const end = indexOfText(text, ")", begin);
    if (begin < 2 || end < 0) return text;
    const place = sliceText(text, begin, end);
    const beforeColumn = lastIndexOfText(place, ":");
    const beforeLine = lastIndexOfText(place, ":", beforeColumn - 1);
    const name = sliceText(place, 0, beforeLine);
    if (beforeLine < 0 || !this.has(name)) return text;
    const line = +sliceText(place, beforeLine + 1, beforeColumn);
    const column = this.column(name, line, +sliceText(place, beforeColumn + 1));
    return `${sliceText(text, 0, begin)}${name}:${line}:${column}${sliceText(text, end)}`;
  }
}

function originalColumn(marks: readonly (readonly [number, number])[], column: number): number {
  let from = 0;
  let to = 0;
  for (let index = 0; index < marks.length; index += 1) {
    const generated = marks[index]![0];
    const original = marks[index]![1];
    if (generated > column) return to + column - from < original ? to + column - from : original;
    from = generated;
    to = original;
  }
  return to + column - from;
}
