const KINDS = ["argument", "local", "global", "return", "attribute"] as const;

type ByKind = Record<(typeof KINDS)[number], number>;

/** What a recording holds, and what was kept out of it. */
export class RecordingStats {
  steps = 0;
  calls = 0;
  returns = 0;
  values = 0;
  writes = 0;
  exceptions = 0;
  scopesSkipped = 0;
  eventsLost = 0;
  readonly redactions: ByKind = { argument: 0, local: 0, global: 0, return: 0, attribute: 0 };
  readonly drops: ByKind = { argument: 0, local: 0, global: 0, return: 0, attribute: 0 };

  get isEmpty(): boolean {
    return this.steps + this.calls + this.writes === 0;
  }

  /** Counts values that were withheld, by their `ValueKind`. */
  withheld(what: "redacted" | "dropped", kind: number, count: number): void {
    const name = KINDS[kind] ?? "local";
    (what === "redacted" ? this.redactions : this.drops)[name] += count;
  }
}
