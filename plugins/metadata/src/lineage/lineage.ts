/** Where an artifact came from, and what became of it. */
export interface Lineage {
  readonly digest: string;
  readonly made: Made | null;
  readonly uses: readonly Use[];
}

/** A phase instance. */
export interface Place {
  readonly run: string;
  readonly phase: string;
  readonly key: string | null;
}

/** The phase that made an artifact. */
export interface Made extends Place {
  readonly output: string;
  readonly kind: string;
  /** `family/name version`. */
  readonly step: string;
  /** When it was committed. */
  readonly time: string;
  /** Other runs that made the same, or took it over. */
  readonly otherRuns: readonly string[];
  readonly inputs: readonly Ingredient[];
}

/** What a phase read. */
export interface Ingredient {
  readonly input: string;
  readonly digest: string;
  /** Where it lay, where it was read from outside the run. */
  readonly path: string | null;
  /** Null for what nobody told of, what is shown elsewhere, and what lies deeper than was asked. */
  readonly made: Made | null;
}

/** A phase that used an artifact, and what came of it. */
export interface Use extends Place {
  readonly input: string;
  readonly step: string;
  readonly time: string;
  readonly outputs: readonly Product[];
}

export interface Product {
  readonly output: string;
  readonly digest: string;
  /** Empty for what is shown elsewhere or lies deeper than was asked. */
  readonly uses: readonly Use[];
}
