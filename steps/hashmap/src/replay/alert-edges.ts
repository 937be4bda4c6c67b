import type { Alert } from "./tick.ts";

/** Which alerts begin and which end between two ticks: only these are told. */
export function alertEdges(
  before: readonly Alert[],
  now: readonly Alert[],
): { readonly raised: Alert[]; readonly cleared: Alert[] } {
  const without = (alerts: readonly Alert[], others: readonly Alert[]) =>
    alerts.filter(({ metric }) => !others.some((other) => other.metric === metric));
  return { raised: without(now, before), cleared: without(before, now) };
}
