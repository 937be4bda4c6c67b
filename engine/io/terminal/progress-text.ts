import type { ActiveAttempt } from "./narrator.ts";
import { printable } from "./printable.ts";

export interface ProgressState {
  readonly active: readonly ActiveAttempt[];
  readonly ended: number;
  /** Undefined where it is not known yet. */
  readonly total: number | undefined;
  /** Of the terminal. */
  readonly columns: number;
}

/** The progress line: `2/4  train ━━━━━━━━────────  48%  mcc 0.912  and 3 more`; cut to the terminal's width. */
export function progressText({ active, ended, total, columns }: ProgressState): string {
  const [longest, ...others] = active;
  const overall = total === undefined ? `${ended} done` : `${ended}/${total}`;
  if (longest === undefined) return overall;
  const { id, done, total: all, message } = longest;
  const parts = [overall, id];
  if (all > 0) parts.push(bar(done / all), `${String(Math.floor(share(done / all) * 100)).padStart(3)}%`);
  if (message !== "") parts.push(printable(message));
  if (others.length > 0) parts.push(`and ${others.length} more`);
  // The spinner before it takes two columns, and a full last column would wrap.
  return cut(parts.join("  ").replaceAll(/\s*\n\s*/g, " "), columns - 3);
}

const WIDTH = 20;

function bar(part: number): string {
  const full = Math.round(share(part) * WIDTH);
  return "━".repeat(full) + "─".repeat(WIDTH - full);
}

function share(part: number): number {
  return Math.min(1, Math.max(0, part));
}

function cut(text: string, columns: number): string {
  const points = [...text];
  return points.length <= columns ? text : `${points.slice(0, Math.max(0, columns - 1)).join("")}…`;
}
