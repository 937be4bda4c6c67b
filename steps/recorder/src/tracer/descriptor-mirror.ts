/** What a program wrote to one of its streams past the language's own objects. */
export interface Mirrored {
  /** 0 stdout, 1 stderr. */
  readonly stream: number;
  readonly text: string;
}

/**
 * Tells what a program wrote by descriptor, or what others wrote that have its descriptors: what comes out of the
 * program and was not told by its tracer. The tracer tells of a write before it is made, so that a line whose write was
 * told has been told once the tracer's stream is read to its end.
 */
export class DescriptorMirror {
  /** By stream: what was told and has not come out yet. */
  readonly #told = ["", ""];
  readonly #waiting: Mirrored[] = [];

  /** The tracer told of a write. */
  told(stream: number, text: string): void {
    if (stream < this.#told.length) this.#told[stream] += text;
  }

  /** A line came out, of which the end is not given. */
  line(stream: number, text: string): void {
    // Lines are told in the order in which they come out: one must not be looked for before those that wait.
    const waits = this.#waiting.some((line) => line.stream === stream);
    const rest = waits ? text : this.#withoutTold(stream, text);
    if (waits || rest !== "") this.#waiting.push({ stream, text: rest });
  }

  /** How many lines wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Of the first `count` that wait, what was not told: to be asked when the stream has been read beyond them. */
  take(count: number): readonly Mirrored[] {
    return this.#waiting.splice(0, count).flatMap(({ stream, text }) => {
      const rest = this.#withoutTold(stream, text);
      return rest === "" ? [] : [{ stream, text: `${rest}\n` }];
    });
  }

  /** The line without what was told of it, which may be all, or only its begin or end. */
  #withoutTold(stream: number, line: string): string {
    const told = this.#told[stream] ?? "";
    const whole = `\n${told}`.indexOf(`\n${line}\n`);
    if (whole >= 0) {
      this.#told[stream] = told.slice(whole + line.length + 1);
      return "";
    }
    const end = told.indexOf("\n");
    const first = end < 0 ? told : told.slice(0, end);
    if (told === "" || !line.includes(first)) return line;
    this.#told[stream] = end < 0 ? "" : told.slice(end + 1);
    return line.replace(first, () => "");
  }
}
