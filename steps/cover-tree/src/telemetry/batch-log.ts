import type { Log } from "@orchestrate/sdk";
import type { RuntimeModel } from "../runtime/runtime-model.ts";
import type { BatchRecord } from "../tree/batch-record.ts";
import type { TelemetryRecord } from "./telemetry-record.ts";

/** What all batches of one insertion have in common. */
export type BatchHeader = Pick<
  TelemetryRecord,
  "run_hash" | "runtime_digest" | "step" | "distance" | "conflict" | "seeds"
>;

/** Makes records of batches, and tells of them as far as it is asked to. */
export class BatchLog {
  readonly records: TelemetryRecord[] = [];
  readonly #header: BatchHeader;
  readonly #runtime: RuntimeModel;
  readonly #log: Log;
  #points: number;

  /** @param points how many are in the tree before the first batch. */
  constructor(header: BatchHeader, runtime: RuntimeModel, points: number, log: Log) {
    this.#header = header;
    this.#runtime = runtime;
    this.#points = points;
    this.#log = log;
  }

  add({ index, size, ...counts }: BatchRecord): void {
    this.#points += size;
    const record: TelemetryRecord = {
      schema: "cover-tree.batch/1",
      ...this.#header,
      batch_order: this.#runtime.batchOrder,
      prefix_schedule: this.#runtime.prefixSchedule,
      batch_index: index,
      batch_size: size,
      points: this.#points,
      ...counts,
      domination_ratio: counts.candidates === 0 ? 0 : counts.dominated / counts.candidates,
    };
    this.records.push(record);
    if (this.#runtime.diagnostics === "debug") this.#log.debug(`batch ${index}: ${size} points`, counts);
  }

  /** A line at the end. */
  finish(): void {
    if (this.#runtime.diagnostics === "off") return;
    const sum = (of: "evaluations" | "selected") => this.records.reduce((total, record) => total + record[of], 0);
    this.#log.info(
      `${this.#points} points, ${this.records.length} batches, ${sum("selected")} nodes selected, ${sum("evaluations")} distances`,
    );
  }
}
