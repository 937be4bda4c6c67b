/** Gathers lines and writes them together, since thousands of small writes to a pipe cost more than the run's own. */
export class BatchWriter {
  readonly #print: (text: string) => void;
  readonly #later: (ms: number, action: () => void) => () => void;
  #lines: string[] = [];
  #cancel: (() => void) | undefined;

  constructor(print: (text: string) => void, later: (ms: number, action: () => void) => () => void) {
    this.#print = print;
    this.#later = later;
  }

  line(text: string): void {
    this.#lines.push(text);
    this.#cancel ??= this.#later(HELD_BACK, () => this.flush());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#lines.length === 0) return;
    const text = this.#lines.join("\n");
    this.#lines = [];
    this.#print(text);
  }
}

/** How long a line is held back at most, in milliseconds: less than an eye notices. */
const HELD_BACK = 50;
