/** `[column in the result, column in the source]` after each insertion, by line from 0. */
export type Columns = ReadonlyMap<number, readonly (readonly [number, number])[]>;

/** Text put into a source at offsets, in the order of the source. Nothing is ever taken out, so that lines are kept. */
export class Insertions {
  readonly #at: number[] = [];
  readonly #texts: string[] = [];

  add(offset: number, text: string): void {
    // Several at one place stand in the order in which they came.
    let index = this.#at.length;
    while (index > 0 && this.#at[index - 1]! > offset) index -= 1;
    this.#at.splice(index, 0, offset);
    this.#texts.splice(index, 0, text);
  }

  apply(source: string): string {
    let result = "";
    let from = 0;
    for (const [index, offset] of this.#at.entries()) {
      result += source.slice(from, offset) + this.#texts[index]!;
      from = offset;
    }
    return result + source.slice(from);
  }

  /** What was put in. */
  columns(lineStarts: readonly number[]): Columns {
    const lines = new Map<number, (readonly [number, number])[]>();
    let line = 0;
    let shift = 0;
    for (const [index, offset] of this.#at.entries()) {
      while (line + 1 < lineStarts.length && lineStarts[line + 1]! <= offset) {
        line += 1;
        shift = 0;
      }
      shift += this.#texts[index]!.length;
      const column = offset - lineStarts[line]!;
      const marks = lines.get(line);
      if (marks === undefined) lines.set(line, [[column + shift, column]]);
      else marks.push([column + shift, column]);
    }
    return lines;
  }
}

/** The offsets at which lines begin. */
export function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: ending } of source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + ending.length);
  return starts;
}
