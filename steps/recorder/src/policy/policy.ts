import { z } from "@orchestrate/sdk";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "off"] as const;

/**
 * What is captured of the program's streams: writes through the language's own objects, or also what comes out of the
 * program past them, by descriptor.
 */
export const Capture = z.enum(["off", "proxies", "proxies+fd"]);

const knobs = {
  /** A fault of the recorder ends the program and fails the phase, or ends the recording only. */
  on_recorder_error: z.enum(["abort", "disable"]),
  /** A recording without a single event fails the phase. */
  require_trace: z.boolean(),
  /** What was recorded before a failure is kept in the attempt's directory. */
  keep_partial_trace: z.boolean(),
  /** Lines of the recorder's own log below this level are left out. `off` leaves all out. */
  log_level: z.enum(LOG_LEVELS),
  /** Where that log goes besides the phase's: a file in the trace's directory. */
  log_file: z.string().min(1).nullable(),
  /** A failure is also told as one line of JSON. */
  json_errors: z.boolean(),
  io_capture: Capture,
  /** The Python module a frame belongs to is taken from its `__name__`, not from its file. */
  module_name_from_globals: z.boolean(),
  /** A program that fails makes the phase fail. */
  propagate_script_exit: z.boolean(),
};

/** What a config may say of the policy: any of the knobs. */
export const PolicyConfig = z.strictObject(knobs).partial();

/** How the recorder behaves, every knob decided. */
export type Policy = Readonly<Required<z.output<typeof PolicyConfig>>>;

export const DEFAULT_POLICY: Policy = {
  on_recorder_error: "abort",
  require_trace: false,
  keep_partial_trace: false,
  log_level: "warn",
  log_file: null,
  json_errors: false,
  io_capture: "proxies",
  module_name_from_globals: true,
  propagate_script_exit: false,
};
