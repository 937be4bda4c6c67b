import type { Search } from "./search.ts";

/** The neighbours of several queries, one query's after the other's. */
export interface Answers {
  readonly counts: Int32Array;
  readonly rows: Int32Array;
  readonly distances: Float64Array;
  /** Distances computed for them, bounds included. */
  readonly evaluations: number;
}

/** Answers queries in this thread. */
export function answersOf(search: Search, queries: Int32Array, ends: Int32Array): Answers {
  const before = search.evaluations;
  const counts = new Int32Array(queries.length);
  const parts: { readonly rows: Int32Array; readonly distances: Float64Array }[] = [];
  search.run(queries, ends, (index, found) => {
    const { count } = found;
    const part = { rows: new Int32Array(count), distances: new Float64Array(count) };
    found.drain(part.distances, part.rows, 0);
    counts[index] = count;
    parts.push(part);
  });
  return { counts, ...joined(parts), evaluations: search.evaluations - before };
}

/** Several answers as one, in their order. */
export function joinAnswers(parts: readonly Answers[]): Answers {
  const counts = new Int32Array(parts.reduce((sum, part) => sum + part.counts.length, 0));
  let at = 0;
  for (const part of parts) {
    counts.set(part.counts, at);
    at += part.counts.length;
  }
  return { counts, ...joined(parts), evaluations: parts.reduce((sum, part) => sum + part.evaluations, 0) };
}

function joined(parts: readonly { readonly rows: Int32Array; readonly distances: Float64Array }[]) {
  const length = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const rows = new Int32Array(length);
  const distances = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    rows.set(part.rows, at);
    distances.set(part.distances, at);
    at += part.rows.length;
  }
  return { rows, distances };
}
