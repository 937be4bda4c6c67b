import { Histogram } from "prom-client";

export interface FixedSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Upper bounds with cumulative counts, ascending, +Inf last. */
  readonly buckets: readonly { readonly le: number | "+Inf"; readonly count: number }[];
  readonly sum: number;
}

/** A histogram that was counted elsewhere: it shows what it is given, and is never observed. */
export class FixedHistogram extends Histogram {
  readonly #help: string;
  readonly #name: string;
  readonly #series: readonly FixedSeries[];

  constructor(name: string, help: string, series: readonly FixedSeries[]) {
    super({ name, help, registers: [] });
    this.#name = name;
    this.#help = help;
    this.#series = series;
  }

  /** What the registry prints. */
  async getForPromString() {
    const values = this.#series.flatMap(({ labels, buckets, sum }) => [
      ...buckets.map(({ le, count }) => ({
        metricName: `${this.#name}_bucket`,
        labels: { ...labels, le },
        value: count,
      })),
      { metricName: `${this.#name}_sum`, labels, value: sum },
      { metricName: `${this.#name}_count`, labels, value: buckets.at(-1)!.count },
    ]);
    return { name: this.#name, help: this.#help, type: "histogram", values, aggregator: "sum" };
  }
}
