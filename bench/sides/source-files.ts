import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { firstSources, type Graph } from "../graph.ts";

/** Writes each source of a graph to its place. */
export function writeSources(graph: Graph, place: (name: string) => string): void {
  for (const [name, value] of firstSources(graph)) writeNumber(place(name), value);
}

export function writeNumber(path: string, value: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`);
}

/** What every task left, read from where its output lies. */
export function readResults(graph: Graph, place: (id: string) => string): ReadonlyMap<string, number> {
  return new Map(graph.tasks.map(({ id }) => [id, Number(readFileSync(place(id), "utf8"))]));
}
