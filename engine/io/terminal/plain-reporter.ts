import type { JournalEvent } from "@orchestrate/manifests";
import { formatLine } from "./line.ts";
import type { Narrator } from "./narrator.ts";
import type { Paint } from "./paint.ts";
import type { Reporter } from "./reporter.ts";

export interface PlainOptions {
  readonly narrator: Narrator;
  readonly paint: Paint;
  readonly names: readonly string[];
  line(text: string): void;
  flush(): void;
}

/** Writes a line for each phase when it ends. */
export class PlainReporter implements Reporter {
  readonly #options: PlainOptions;
  #width: number;

  constructor(options: PlainOptions) {
    this.#options = options;
    this.#width = widest(options.names, LEAST);
  }

  event(event: JournalEvent): void {
    const { narrator, paint, line: write } = this.#options;
    for (const line of narrator.tell(event)) {
      if (line.name.length > this.#width) this.#width = widest([line.name], this.#width);
      write(formatLine(line, { paint, width: this.#width }));
    }
  }

  note(text: string): void {
    this.#options.line(text);
  }

  close(): void {
    this.#options.flush();
  }
}

const LEAST = 8;
/** Longer names push the rest of their own line only. */
const MOST = 32;

function widest(names: readonly string[], least: number): number {
  return names.reduce((width, name) => Math.min(MOST, Math.max(width, name.length)), least);
}
