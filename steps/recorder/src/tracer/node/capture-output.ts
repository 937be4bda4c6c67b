import { apply } from "./primordials.ts";
import type { Probe } from "./probe.ts";

const STREAMS = ["stdout", "stderr"] as const;

/** Tells the probe what the program writes to its streams, and lets it through as it is. */
export function captureOutput(probe: Probe, wanted: readonly string[]): void {
  for (const [index, name] of STREAMS.entries()) {
    if (!wanted.includes(name)) continue;
    const stream = process[name];
    const write = stream.write;
    Object.defineProperty(stream, "write", {
      configurable: true,
      enumerable: false,
      writable: true,
      value: function (this: unknown, ...values: unknown[]) {
        probe.output(index, textOf(values[0]));
        return apply(write, stream, values);
      },
    });
  }
}

function textOf(chunk: unknown): string {
  if (typeof chunk === "string") return chunk;
  return chunk instanceof Uint8Array ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString() : "";
}
