import type { JournalEvent } from "@orchestrate/manifests";
import type { Ora } from "ora";
import type { BatchWriter } from "./batch-writer.ts";
import { movingLine } from "./moving-line.ts";
import type { Narrator } from "./narrator.ts";
import type { PlainReporter } from "./plain-reporter.ts";
import { progressText } from "./progress-text.ts";
import type { Reporter } from "./reporter.ts";

export interface InteractiveOptions {
  readonly narrator: Narrator;
  readonly plain: PlainReporter;
  readonly writer: BatchWriter;
  readonly colour: "on" | "off";
  readonly stream: NodeJS.WriteStream;
  later(ms: number, action: () => void): () => void;
}

/** Lines as without a terminal, and below them one line that moves, once work is long enough to be waited for. */
export class InteractiveReporter implements Reporter {
  readonly #options: InteractiveOptions;
  #spinner: Ora | undefined;
  #state: "idle" | "waiting" | "spinning" | "closed" = "idle";
  #cancel: () => void = () => {};
  /** Settled once the progress line is there, where it has been asked for. */
  ready: Promise<void> = Promise.resolve();

  constructor(options: InteractiveOptions) {
    this.#options = options;
  }

  event(event: JournalEvent): void {
    this.#options.plain.event(event);
    if (event.type === "run-finished") this.#stop();
    else if (event.type === "attempt-started" && this.#state === "idle") this.#await();
    if (this.#spinner !== undefined) this.#spinner.text = this.#text();
  }

  note(text: string): void {
    this.#options.plain.note(text);
  }

  close(): void {
    this.#stop();
    this.#state = "closed";
    this.#options.plain.close();
  }

  #await(): void {
    this.#state = "waiting";
    this.#cancel = this.#options.later(LONG, () => {
      this.ready = this.#spin();
    });
  }

  async #spin(): Promise<void> {
    const { stream, colour } = this.#options;
    const line = await movingLine(stream, colour);
    if (this.#state !== "waiting") return;
    this.#state = "spinning";
    this.#spinner = line.start(this.#text());
  }

  /** Lines that are held back come after the progress line is gone, never into the middle of it. */
  #stop(): void {
    this.#cancel();
    this.#state = "idle";
    this.#spinner?.stop();
    this.#spinner = undefined;
    this.#options.writer.flush();
  }

  #text(): string {
    const { narrator, stream } = this.#options;
    const { active, ended, total } = narrator;
    return progressText({ active, ended, total, columns: stream.columns });
  }
}

/** How long work goes on before its progress is shown, in milliseconds. */
const LONG = 300;
