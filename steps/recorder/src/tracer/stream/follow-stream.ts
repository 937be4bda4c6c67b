import { open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { FRAME_HEADER } from "./format.ts";

/** Takes a whole frame: realm, thread, and where its words stand. */
export type TakeFrame = (realm: number, thread: number, words: Uint32Array, begin: number, end: number) => void;

const BLOCK = 1 << 20;
const PAUSE = 10;

/** Is told how far the stream has been read. */
export interface ReadWatcher {
  /** Asked before each read. */
  mark(): number;
  /** All that had been written when `mark` was given has been taken. */
  caughtUp(mark: number): void;
}

/**
 * Reads a stream as it grows, until `ended` has resolved and all that was written is taken. A frame that was cut off at
 * the very end, because the program was killed while it wrote, is left.
 *
 * @returns how many bytes were left.
 */
export async function followStream(
  path: string,
  take: TakeFrame,
  ended: Promise<unknown>,
  watcher?: ReadWatcher,
): Promise<number> {
  await using file = await open(path, "r");
  const over = { yes: false };
  const end = ended.then(
    () => (over.yes = true),
    () => (over.yes = true),
  );
  let buffer = Buffer.alloc(BLOCK);
  let used = 0;
  for (;;) {
    // Asked before reading: what is written before the end is read after it.
    const last = over.yes;
    const mark = watcher?.mark() ?? 0;
    const { bytesRead } = await file.read(buffer, used, buffer.length - used);
    used += bytesRead;
    const taken = takeFrames(buffer, used, take);
    buffer.copyWithin(0, taken, used);
    used -= taken;
    if (used === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    if (bytesRead > 0) continue;
    watcher?.caughtUp(mark);
    if (last) return used;
    await Promise.race([end, setTimeout(PAUSE, undefined, { ref: false })]);
  }
}

function takeFrames(buffer: Buffer, used: number, take: TakeFrame): number {
  const words = new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.length >> 2);
  const available = used >> 2;
  let at = 0;
  while (at + FRAME_HEADER <= available) {
    const begin = at + FRAME_HEADER;
    const end = begin + words[at + 2]!;
    if (end > available) break;
    take(words[at]!, words[at + 1]!, words, begin, end);
    at = end;
  }
  return at * 4;
}
