import { ownData } from "./own-data.ts";
import { apply, decode, defineProperty, isView, parseBytes, utf8 } from "./primordials.ts";
import type { Probe } from "./probe.ts";

const STREAMS = ["stdout", "stderr"] as const;

type Write = (this: unknown, ...values: unknown[]) => unknown;

/**
 * Tells the probe what the program writes to its streams, and lets it through as it is. Node makes each stream when it
 * is first asked for, and so it stays.
 */
export function captureOutput(probe: Probe, wanted: readonly string[]): void {
  for (const [index, name] of STREAMS.entries()) {
    if (!wanted.includes(name)) continue;
    const own = Object.getOwnPropertyDescriptor(process, name)!;
    const get = own.get as () => { write: Write };
    const state = { isCaptured: false };
    const captured = function (this: unknown) {
      const stream = apply(get, this, []);
      if (!state.isCaptured) {
        state.isCaptured = true;
        captureWrite(stream, (text) => text !== "" && probe.output(index, text));
      }
      return stream;
    };
    Object.defineProperty(captured, "name", { value: get.name });
    Object.defineProperty(process, name, { ...own, get: captured });
  }
}

function captureWrite(stream: { write: Write }, tell: (text: string) => unknown): void {
  const { write } = stream;
  const captured: Write = function (...values) {
    tell(textOf(values[0], values[1]));
    // An error that is made in here has this function among its frames, of which only so many are kept.
    const limit = ownData(Error, "stackTraceLimit");
    if (typeof limit !== "number") return apply(write, this, values);
    Error.stackTraceLimit = limit + 1;
    try {
      return apply(write, this, values);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
  defineProperty(captured, "name", { value: write.name });
  defineProperty(captured, "length", { value: write.length });
  defineProperty(stream, "write", { configurable: true, enumerable: false, writable: true, value: captured });
}

/** Of what can't be written, the empty text: Node says what is wrong with it. */
function textOf(chunk: unknown, encoding: unknown): string {
  if (typeof chunk !== "string") return isView(chunk) ? decode(utf8, chunk) : "";
  return isEncoding(encoding) ? decode(utf8, parseBytes(chunk, encoding)) : chunk;
}

function isEncoding(encoding: unknown): encoding is "hex" | "base64" | "base64url" | "latin1" {
  return encoding === "hex" || encoding === "base64" || encoding === "base64url" || encoding === "latin1";
}
