/** How many instances each fanned-out phase of a plan has, as far as they are known. */
export function fanCounts(
  entries: Iterable<{ readonly phase: string; readonly key: string | null }>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { phase, key } of entries) if (key !== null) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return counts;
}
