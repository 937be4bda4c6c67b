/**
 * What the suites look at. Of steps and services:
 *
 * - `contract`: the contract and the parsed config (or options) are plain JSON, and parsing gives the same each time.
 * - `unknown-config-key`: a key of the config (or options) that does not exist is refused, and named; at no depth are
 *   such keys dropped in silence.
 * - `surroundings`: nothing but outputs is written; inputs, what lies around, TMPDIR and the environment are as before.
 *   A service writes nothing, and leaves the working directory as it is.
 * - `open-handles`: no timer, process, thread, socket or file stays open.
 *
 * Of steps:
 *
 * - `outputs`: the example succeeds, and every required output is there in its form and shape.
 * - `same-bytes`: two runs with one seed, in different directories, on different days and with different numbers of
 *   cores, write the same bytes; those of a step that reads the outside world and tells no version of it may differ.
 * - `version`, of a step that has one: it tells a text, or null where it can't, and the same twice.
 * - `progress`: what is reported of the progress makes sense.
 * - `retry`: after an attempt that was cut off in its midst, another one, which is given the checkpoint that was saved
 *   last, writes the same bytes as an undisturbed one.
 * - `abort`: a run aborted in its midst, or before it begins where it reports no progress, settles within a grace
 *   period and does not report progress to the end as if nothing had been said.
 *
 * Of services:
 *
 * - `create`: it is made from the example's options, and once more after it was disposed of.
 * - `check`, of a service that has one: asked with default options, it gives a finding.
 * - `TOKEN: …`: a check of the kit that belongs to the service's token; see `defineServiceKit`.
 */
export type CheckName =
  | "contract"
  | "unknown-config-key"
  | "surroundings"
  | "open-handles"
  | "outputs"
  | "same-bytes"
  | "version"
  | "progress"
  | "retry"
  | "abort"
  | "create"
  | "check"
  | `${string}: ${string}`;

/** One line of the report. `detail` says what is wrong, or what was seen. */
export interface Check {
  readonly check: CheckName;
  readonly ok: boolean;
  readonly detail: string;
}

/** A check passes where nothing is wrong. */
export function verdict(check: CheckName, problems: readonly string[], seen: string): Check {
  return { check, ok: problems.length === 0, detail: problems.length === 0 ? seen : problems.join(" ") };
}
