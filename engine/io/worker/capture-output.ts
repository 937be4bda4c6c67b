/** Sends what a step writes by console or process.stdout to `write`, line by line. */
export function captureOutput(write: (stream: "stdout" | "stderr", line: string) => void): { flush(): void } {
  const flushes = [capture("stdout", write), capture("stderr", write)];
  return {
    flush: () => {
      for (const flush of flushes) flush();
    },
  };
}

function capture(stream: "stdout" | "stderr", write: (stream: "stdout" | "stderr", line: string) => void): () => void {
  let rest = "";
  const take = (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
    const lines = (rest + (typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"))).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) write(stream, line);
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof done === "function") queueMicrotask(() => done());
    return true;
  };
  process[stream].write = take as typeof process.stdout.write;
  return () => {
    if (rest !== "") write(stream, rest);
    rest = "";
  };
}
