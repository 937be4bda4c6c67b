/**
 * - `contract`: the contract and the parsed config are plain JSON.
 * - `unknown-config-key`: a config key that does not exist is refused, and named.
 * - `outputs`: the example succeeds, and every required output is there in its form and shape.
 * - `same-bytes`: two runs with one seed, in different directories, write the same bytes.
 * - `surroundings`: nothing but outputs is left in the staging directory; inputs and what lies around are untouched.
 * - `open-handles`: no timer, process, socket or file below the staging directory stays open.
 * - `abort`: a run aborted in its midst, or before it begins where it reports no progress, settles within a grace
 *   period and does not report progress to the end as if nothing had been said.
 */
export type CheckName =
  | "contract"
  | "unknown-config-key"
  | "outputs"
  | "same-bytes"
  | "surroundings"
  | "open-handles"
  | "abort";

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
