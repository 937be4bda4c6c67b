import { elapsed } from "../../core/elapsed.ts";
import type { Line } from "./line.ts";

/** How many failed instances of a large fan-out get a line of their own. */
const TOLD_FAILURES = 3;

/** Counts the instances of a large fan-out, for one line about them all. */
export class FanCount {
  /** Attempts that failed and were tried again. */
  retried = 0;
  readonly #phase: string;
  readonly #expected: number;
  readonly #counts = { computed: 0, reused: 0, before: 0, failed: 0, skipped: 0 };
  #first: string | undefined;
  #last = "";

  constructor(phase: string, expected: number) {
    this.#phase = phase;
    this.#expected = expected;
  }

  get isBegun(): boolean {
    return this.#ended > 0;
  }

  get isOver(): boolean {
    return this.#ended >= this.#expected;
  }

  /** Whether the failure that was counted last is one of the first few. */
  get isWorthTelling(): boolean {
    return this.#counts.failed <= TOLD_FAILURES;
  }

  /** @param time ISO 8601. */
  begin(time: string): void {
    this.#first ??= time;
  }

  /** Counts an instance; gives the line once it was the last. */
  end(how: "computed" | "reused" | "before" | "failed" | "skipped", time: string): readonly Line[] {
    this.#first ??= time;
    this.#last = time;
    this.#counts[how] += 1;
    return this.isOver ? [this.line()] : [];
  }

  line(): Line {
    const { computed, reused, before, failed, skipped } = this.#counts;
    const counts = [
      [failed, "failed"],
      [computed, "computed"],
      [reused, "reused"],
      [before, "committed before"],
      [skipped, "skipped"],
      [this.#expected - this.#ended, "not run"],
      [this.retried, "retried"],
    ] as const;
    const told = counts.filter(([count]) => count > 0).map(([count, how]) => `${count} ${how}`);
    return {
      mark: failed > 0 ? "failed" : computed > 0 ? "done" : reused + before > 0 ? "reused" : "skipped",
      name: this.#phase,
      duration: elapsed(this.#first ?? this.#last, this.#last),
      text: `${this.#expected} instances: ${told.join(", ")}`,
    };
  }

  get #ended(): number {
    const { computed, reused, before, failed, skipped } = this.#counts;
    return computed + reused + before + failed + skipped;
  }
}
