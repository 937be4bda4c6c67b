import { readFileSync } from "node:fs";
import type { SharedMemory, WebAssemblyOfNode } from "./web-assembly.ts";

declare const WebAssembly: WebAssemblyOfNode;

/** The compiled inner loops; what each does stands in `assembly/`. All numbers are byte addresses, counts or limits. */
export interface Kernels {
  squares(query: number, panels: number, dimension: number, limit: number, into: number): number;
  gaps(query: number, boxes: number, dimension: number, limit: number, into: number): number;
  filter(
    queries: number,
    panels: number,
    halfSquares: number,
    dimension: number,
    count: number,
    limits: number,
    into: number,
  ): number;
  products(queries: number, panel: number, width: number, into: number): void;
  within(
    row: number,
    panels: number,
    width: number,
    count: number,
    limits: number,
    most: number,
    places: number,
    distances: number,
  ): number;
  nearest(
    matrix: number,
    width: number,
    rows: number,
    count: number,
    panels: number,
    size: number,
    limits: number,
    squares: number,
    farthest: number,
    distances: number,
    chosen: number,
  ): number;
  rowSquares(matrix: number, width: number, row: number, others: number, count: number, into: number): void;
  rowProducts(matrix: number, width: number, row: number, others: number, count: number, into: number): void;
  solve(lower: number, width: number, panel: number): void;
}

/** Instantiates the kernels over a memory. */
export function loadKernels(memory: SharedMemory): Kernels {
  const code = readFileSync(new URL("../../dist/kernels.wasm", import.meta.url));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  if (!hasKernels(exports)) throw new TypeError("kernels.wasm lacks a function: build the package anew.");
  return exports;
}

const NAMES = [
  "squares",
  "gaps",
  "filter",
  "products",
  "within",
  "nearest",
  "rowSquares",
  "rowProducts",
  "solve",
] as const satisfies (keyof Kernels)[];

function hasKernels(exports: object): exports is Kernels {
  return NAMES.every((name) => typeof Reflect.get(exports, name) === "function");
}
