import { type LineReader, lineReader } from "@orchestrate/sdk/runtime";

type Stream = "stdout" | "stderr";

/**
 * Sends what a step writes by console or process.stdout to `write`, line by line, masked. A long line is cut, as one
 * that a child process writes is.
 */
export function captureOutput(
  mask: (line: string) => string,
  write: (stream: Stream, line: string) => void,
): { flush(): void } {
  const readers = (["stdout", "stderr"] as const).map((stream) => {
    const reader = lineReader(mask, (line) => write(stream, line));
    process[stream].write = writerTo(reader);
    return reader;
  });
  return {
    flush: () => {
      for (const reader of readers) reader.end();
    },
  };
}

function writerTo(reader: LineReader): typeof process.stdout.write {
  return (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
    const known = typeof encoding === "string" && Buffer.isEncoding(encoding) ? encoding : "utf8";
    reader.push(typeof chunk === "string" ? Buffer.from(chunk, known) : chunk);
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof done === "function") queueMicrotask(() => done());
    return true;
  };
}
