import { closeSync, openSync, writeSync } from "node:fs";
import type { AppendFrame } from "./event-buffer.ts";
import type { TracerSession } from "./session-file.ts";

/** Appends frames to the stream. What can't be written is reported, and ends the program, or the recording. */
export function appendFrames({ stream, failure, onError }: TracerSession): AppendFrame {
  const descriptor = openSync(stream, "a");
  const { kill, pid } = process;
  const state = { isLost: false };
  return (frame) => {
    try {
      for (let at = 0; at < frame.length && !state.isLost; ) at += writeSync(descriptor, frame, at, frame.length - at);
    } catch (error) {
      state.isLost = true;
      report(failure, error instanceof Error ? error.message : "unknown");
      // A thread of the program could not end it otherwise.
      if (onError === "abort") kill(pid, "SIGKILL");
    }
  };
}

function report(path: string, message: string): void {
  const descriptor = openSync(path, "r+");
  writeSync(descriptor, `io\n${message}\n`);
  closeSync(descriptor);
}
