/** One phase of a graph to measure: it adds up the numbers of what it needs and of its source. */
export interface Task {
  readonly id: string;
  /** The number it begins with, so that no two tasks are equal. */
  readonly salt: number;
  /** At most two, all of them before this one. */
  readonly needs: readonly string[];
  /** The name of a source file that it reads as well. */
  readonly source: string | null;
}

/** The same DAG for every contender, in topological order. */
export interface Graph {
  readonly name: string;
  readonly tasks: readonly Task[];
}

/** By source: the number that its file holds. */
export type Sources = ReadonlyMap<string, number>;

/** Each task needs the one before; the first reads a source, and so does the one three quarters down. */
export function chain(length: number): Graph {
  const late = Math.floor((length * 3) / 4);
  const tasks = Array.from({ length }, (_, index) => ({
    id: `t${index}`,
    salt: index,
    needs: index === 0 ? [] : [`t${index - 1}`],
    source: index === 0 || index === late ? `s${index}` : null,
  }));
  return { name: `chain of ${length}`, tasks };
}

/** One root that all others need; each task reads a source of its own. */
export function fan(width: number): Graph {
  const tasks = Array.from({ length: width }, (_, index) => ({
    id: `t${index}`,
    salt: index,
    needs: index === 0 ? [] : ["t0"],
    source: `s${index}`,
  }));
  return { name: `fan of ${width}`, tasks };
}

/**
 * Each task needs two neighbours of the layer before; the first layer reads sources, and so does one task of a late
 * one.
 */
export function layers(depth: number, width: number): Graph {
  const late = Math.floor((depth * 9) / 10);
  const tasks = Array.from({ length: depth * width }, (_, index) => {
    const layer = Math.floor(index / width);
    const column = index % width;
    const above = [column, (column + 1) % width].map((at) => `t${(layer - 1) * width + at}`);
    return {
      id: `t${index}`,
      salt: index,
      needs: layer === 0 ? [] : [...new Set(above)],
      source: layer === 0 || (layer === late && column === 0) ? `s${index}` : null,
    };
  });
  return { name: `layers ${depth} × ${width}`, tasks };
}

/** What each source holds at first. */
export function firstSources(graph: Graph): Map<string, number> {
  const names = graph.tasks.flatMap(({ source }) => (source === null ? [] : [source]));
  return new Map(names.map((name, index) => [name, index + 10]));
}

/** What a task makes of the numbers that it reads, in their order. */
export function add(salt: number, numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => (sum * 31 + number) % 1_000_003, salt);
}

/** What every task must have written. */
export function resultsOf(graph: Graph, sources: Sources): Map<string, number> {
  const results = new Map<string, number>();
  for (const { id, salt, needs, source } of graph.tasks) {
    const numbers = needs.map((need) => results.get(need)!);
    results.set(id, add(salt, source === null ? numbers : [...numbers, sources.get(source)!]));
  }
  return results;
}

/** How many tasks rest on any of these sources. */
export function countBelow(graph: Graph, sources: ReadonlySet<string>): number {
  const below = new Set<string>();
  for (const { id, needs, source } of graph.tasks) {
    if ((source !== null && sources.has(source)) || needs.some((need) => below.has(need))) below.add(id);
  }
  return below.size;
}
