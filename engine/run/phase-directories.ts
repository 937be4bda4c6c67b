import { makePhaseDirectories } from "@orchestrate/manifests";
import type { Instance } from "../core/graph/instance.ts";
import type { RunScope } from "./run-scope.ts";

/** The directory of a phase instance. */
export interface MadePhaseDirectory {
  readonly path: string;
  /** See `LaidPhaseDirectories`. */
  readonly lasting: Promise<void>;
}

/**
 * The directories of a run's phase instances. One that is asked for is made together with those that come next, so that
 * the disk is waited for once and not once for each.
 */
export class PhaseDirectories {
  readonly #scope: Pick<RunScope, "directory" | "document">;
  readonly #coming: Iterator<Instance>;
  readonly #made = new Map<string, MadePhaseDirectory>();

  /** @param coming instances that are likely to be asked for, in about that order. */
  constructor(scope: Pick<RunScope, "directory" | "document">, coming: Iterable<Instance>) {
    this.#scope = scope;
    this.#coming = coming[Symbol.iterator]();
  }

  /** The directory that an instance's next attempt works in. @throws ManifestError as `makePhaseDirectories`. */
  take(instance: Instance): MadePhaseDirectory {
    const made = this.#made.get(instance.id) ?? this.#makeWithNext(instance);
    // Another attempt makes it again, if it was removed meanwhile.
    this.#made.delete(instance.id);
    return made;
  }

  #makeWithNext(instance: Instance): MadePhaseDirectory {
    const batch = new Map([[instance.id, instance]]);
    while (batch.size < AT_ONCE) {
      const next = this.#coming.next();
      if (next.done === true) break;
      batch.set(next.value.id, next.value);
    }
    const { directory, document } = this.#scope;
    const { paths, lasting } = makePhaseDirectories(directory, [...batch.values()], document.durability);
    for (const [at, id] of [...batch.keys()].entries()) this.#made.set(id, { path: paths[at]!, lasting });
    return this.#made.get(instance.id)!;
  }
}

/**
 * Few enough that the first attempt does not wait for them to be felt, and that a run which fails leaves few empty
 * ones.
 */
const AT_ONCE = 64;
