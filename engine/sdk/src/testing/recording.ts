import type { Checkpoints, Log, Progress } from "../context.ts";
import { fieldsText } from "../runtime/fields-text.ts";
import { requireMetric } from "../runtime/require-metric.ts";

/** What a step told of itself while it ran. */
export interface Recording {
  /** The last value of each name, as the manifest keeps it. */
  readonly metrics: Record<string, number>;
  /** Every value, in order. */
  readonly metricValues: { readonly name: string; readonly value: number; readonly step: number | undefined }[];
  readonly progress: { readonly done: number; readonly total: number; readonly message: string | undefined }[];
  /** Log lines, and the lines that child processes wrote (level `stdout` or `stderr`). Secrets are masked. */
  readonly log: {
    readonly level: "debug" | "info" | "warn" | "error" | "stdout" | "stderr";
    readonly message: string;
    readonly fields: Readonly<Record<string, unknown>> | undefined;
  }[];
  /** What was saved, in order. */
  readonly checkpoints: Uint8Array[];
}

/** The parts of a context that record. */
export interface Recorder {
  readonly recording: Recording;
  readonly log: Log;
  readonly progress: Progress;
  readonly metric: (name: string, value: number, step?: number) => void;
  readonly checkpoint: Checkpoints;
}

/** The hooks are called after each report and each save. `checkpoint` is what `load` gives before anything is saved. */
export function recorder(options: {
  readonly mask: (text: string) => string;
  readonly checkpoint: Uint8Array | undefined;
  readonly onProgress: Progress;
  readonly onCheckpoint: (data: Uint8Array) => void;
}): Recorder {
  const recording: Recording = { metrics: {}, metricValues: [], progress: [], log: [], checkpoints: [] };
  const at =
    (level: "debug" | "info" | "warn" | "error") => (message: string, fields?: Readonly<Record<string, unknown>>) => {
      const plain: Recording["log"][number]["fields"] =
        fields === undefined ? undefined : JSON.parse(fieldsText(fields, options.mask));
      recording.log.push({ level, message: options.mask(message), fields: plain });
    };
  return {
    recording,
    log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") },
    progress: (done, total, message) => {
      recording.progress.push({ done, total, message });
      options.onProgress(done, total, message);
    },
    metric: (name, value, step) => {
      requireMetric(name, value, step);
      recording.metrics[name] = value;
      recording.metricValues.push({ name, value, step });
    },
    checkpoint: {
      load: async () => recording.checkpoints.at(-1)?.slice() ?? options.checkpoint,
      save: async (data) => {
        recording.checkpoints.push(data.slice());
        options.onCheckpoint(data);
      },
    },
  };
}
