/** What the transcriber knows of a thread: the calls that are open, and where each of them stood last. */
export class RecordedThread {
  readonly id: number;
  path = 0;
  line = 0;
  exited = false;
  readonly #callers: { readonly path: number; readonly line: number }[] = [];

  constructor(id: number) {
    this.id = id;
  }

  /** Calls that are open, the top-level one not counted. */
  get depth(): number {
    return this.#callers.length;
  }

  enter(): void {
    this.#callers.push({ path: this.path, line: this.line });
  }

  /** Where the caller stood is where the thread stands again. */
  leave(): void {
    const { path, line } = this.#callers.pop() ?? this;
    this.path = path;
    this.line = line;
  }
}
