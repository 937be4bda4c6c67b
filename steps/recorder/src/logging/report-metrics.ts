import type { RecordingStats } from "../tracer/recording-stats.ts";

/** Gives the numbers of a recording to the phase, under names that stay the same. */
export function reportMetrics(stats: RecordingStats, metric: (name: string, value: number) => void): void {
  metric("steps", stats.steps);
  metric("calls", stats.calls);
  metric("values", stats.values);
  metric("writes", stats.writes);
  metric("exceptions", stats.exceptions);
  metric("events_lost", stats.eventsLost);
  metric("scopes_skipped", stats.scopesSkipped);
  metric("values_redacted", sum(stats.redactions));
  metric("values_dropped", sum(stats.drops));
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
