import { readFileSync } from "node:fs";

/** The compiled loops; what each does stands in `assembly/`. All numbers are byte addresses, counts or limits. */
export interface Kernels {
  takePlainRows(
    bytes: number,
    start: number,
    end: number,
    columns: number,
    rows: number,
    count: number,
    most: number,
    keyBytes: number,
    valueBytes: number,
    filled: number,
  ): number;
  record(
    rows: number,
    operations: number,
    times: number,
    probes: number,
    found: number,
    latency: number,
    probeCounts: number,
    mostProbes: number,
    totals: number,
  ): void;
  count(histogram: number, nanoseconds: number): void;
}

/** Pages of 64 KiB that kernels work on. */
export interface KernelPages {
  readonly buffer: ArrayBuffer;
}

/** What is used here of WebAssembly, whose types come with those of browsers only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { readonly initial: number }) => KernelPages;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: KernelPages } },
  ) => { readonly exports: object };
};

const code = new WebAssembly.Module(readFileSync(new URL("../../dist/kernels.wasm", import.meta.url)));

/** New pages, all zero, and the kernels over them. */
export function loadKernels(pages: number): { readonly memory: KernelPages; readonly kernels: Kernels } {
  const memory = new WebAssembly.Memory({ initial: pages });
  const { exports } = new WebAssembly.Instance(code, { env: { memory } });
  if (!hasKernels(exports)) throw new TypeError("kernels.wasm lacks a function: build the package anew.");
  return { memory, kernels: exports };
}

const NAMES = ["takePlainRows", "record", "count"] as const satisfies (keyof Kernels)[];

function hasKernels(exports: object): exports is Kernels {
  return NAMES.every((name) => typeof Reflect.get(exports, name) === "function");
}
