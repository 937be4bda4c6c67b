import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { ErrorRecord, OutputRecord } from "@orchestrate/manifests";
import { elapsed } from "../../core/elapsed.ts";
import { unreachable } from "../../core/unreachable.ts";
import type { PhaseRecord } from "./read-phases.ts";

/** A phase instance as `show` gives it. */
export interface PhaseView {
  readonly id: string;
  readonly phase: string;
  readonly key: string | null;
  /** Of the fan-out, once it is known; undefined where there is none. */
  readonly item?: unknown;
  readonly status: "committed" | "reused" | "failed" | "skipped" | "running" | "interrupted" | "not run";
  readonly step: string | null;
  /** Of a phase that was computed in this run. */
  readonly duration_ms: number | null;
  /** The run it was reused from. */
  readonly reused_from: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly outputs: readonly OutputView[];
  readonly error: ErrorRecord | null;
  /** What a skipped phase waited for. */
  readonly blocked_by: string | null;
}

export interface OutputView extends Pick<OutputRecord, "digest" | "size" | "kind" | "form"> {
  readonly name: string;
  /** Relative to the run directory. */
  readonly path: string;
  readonly state: "present" | "missing";
}

/** Looks whether the artifacts are there; whether they are as they were is for `verify`. */
export function toPhaseView({ id, phase, key, state }: PhaseRecord, runDirectory: string): PhaseView {
  const nothing = {
    id,
    phase,
    key,
    step: null,
    duration_ms: null,
    reused_from: null,
    metrics: {},
    outputs: [],
    error: null,
    blocked_by: null,
  };
  switch (state.is) {
    case "committed": {
      const { item, step, reused, started, finished, metrics, outputs } = state.manifest;
      return {
        ...nothing,
        item,
        status: reused === null ? "committed" : "reused",
        step: step.name,
        duration_ms: reused === null ? elapsed(started, finished) : null,
        reused_from: reused?.run ?? null,
        metrics,
        outputs: Object.entries(outputs).map(([name, output]) =>
          outputView(name, output, state.directory, runDirectory),
        ),
      };
    }
    case "failed":
      return { ...nothing, item: state.item, status: "failed", error: state.error };
    case "skipped":
      return { ...nothing, status: "skipped", blocked_by: state.by };
    case "running":
    case "interrupted":
    case "not run":
      return { ...nothing, status: state.is };
    default:
      return unreachable(state);
  }
}

function outputView(
  name: string,
  { path, digest, size, kind, form }: OutputRecord,
  phaseDirectory: string,
  runDirectory: string,
): OutputView {
  const place = join(phaseDirectory, path);
  const state = existsSync(place) ? "present" : "missing";
  return { name, path: relative(runDirectory, place), digest, size, kind, form, state };
}
