import type { RunFiles } from "./ports/run-files.ts";

/** Numbers the attempts of a run: from one in a new run, above what is there in a resumed one. */
export class AttemptNumbers {
  readonly #files: Pick<RunFiles, "highestAttempt">;
  readonly #run: "new" | "resumed";
  readonly #last = new Map<string, number>();

  constructor(files: Pick<RunFiles, "highestAttempt">, run: "new" | "resumed") {
    this.#files = files;
    this.#run = run;
  }

  /** The number of the next attempt in a phase's directory, which exists. */
  next(phaseDirectory: string): number {
    const known =
      this.#last.get(phaseDirectory) ?? (this.#run === "new" ? 0 : this.#files.highestAttempt(phaseDirectory));
    this.#last.set(phaseDirectory, known + 1);
    return known + 1;
  }
}
