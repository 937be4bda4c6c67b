import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { AnyOutput, Checkpoints, Log } from "@orchestrate/sdk";

/**
 * The file by which a program goes on where an earlier attempt was killed: it finds there what that one kept last, if
 * it did, and writes there what is to be kept. Disposing removes it.
 */
export class CheckpointFile implements Disposable {
  /** Absolute. */
  readonly path: string;
  readonly #checkpoints: Checkpoints;
  readonly #log: Log;
  #kept: Promise<unknown> = Promise.resolve();

  private constructor(path: string, checkpoints: Checkpoints, log: Log) {
    this.path = path;
    this.#checkpoints = checkpoints;
    this.#log = log;
  }

  /** Puts the newest checkpoint of an earlier attempt in place, where there is one. */
  static async restore({ checkpoint, log, outputs }: Surroundings): Promise<CheckpointFile> {
    const path = resolve(freeName(Object.values(outputs).map(({ path }) => path)));
    const earlier = await checkpoint.load();
    if (earlier !== undefined) writeFileSync(path, earlier);
    return new CheckpointFile(path, checkpoint, log);
  }

  /** Keeps what stands in the file now. What can't be kept is worth a warning, and never the run. */
  keep(): void {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size;
    if (size === undefined)
      this.#log.warn("The program says that it kept its state, and there is no file $CHECKPOINT.");
    else if (size >= LIMIT) this.#log.warn(`A checkpoint must be smaller than 2 GiB; this one has ${size} bytes.`);
    else {
      this.#kept = Promise.all([this.#kept, this.#checkpoints.save(readFileSync(this.path))]);
      // Told once the program has ended, by `settled`.
      this.#kept.catch(() => {});
    }
  }

  /** Waits until all is kept; a disk that is full fails the attempt here. */
  async settled(): Promise<void> {
    await this.#kept;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { force: true });
  }
}

/** Files of this size and more can't be read at once. */
const LIMIT = 2 ** 31;

interface Surroundings {
  readonly checkpoint: Checkpoints;
  readonly log: Log;
  readonly outputs: Readonly<Record<string, Pick<AnyOutput, "path">>>;
}

/** A name in the working directory that no output has, or lies below. */
function freeName(taken: readonly string[]): string {
  let name = ".checkpoint";
  while (taken.some((path) => path.split("/")[0] === name)) name += "-";
  return name;
}
