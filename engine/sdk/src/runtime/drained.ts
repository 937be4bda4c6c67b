import type { Readable } from "node:stream";

/** Turns of the event loop without data after which the pipes count as empty. */
const QUIET_TURNS = 3;

/** Each turn reads at least 64 KiB of a pipe that holds a few hundred at most, so that this many suffice. */
const MOST_TURNS = 64;

/**
 * Resolves once all that a process wrote before its end is read, and destroys the streams.
 *
 * Waiting for the end of the streams would wait for every background process that inherited them. What the process
 * itself wrote lies in the pipes when it has ended, and every turn of the event loop reads what is there.
 */
export async function drained(streams: readonly Readable[]): Promise<void> {
  let quiet = 0;
  const noise = () => {
    quiet = 0;
  };
  for (const stream of streams) stream.on("data", noise);
  for (let turn = 0; turn < MOST_TURNS && quiet < QUIET_TURNS && !streams.every(isOver); turn += 1) {
    quiet += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const stream of streams) stream.destroy();
}

function isOver(stream: Readable): boolean {
  return stream.readableEnded || stream.destroyed;
}
