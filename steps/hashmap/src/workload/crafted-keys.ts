import { FNV_START, fnv1a } from "../map/fast-hash.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** Letters of a block. Shorter ones are too much alike to collide: the prime of FNV is nearly a power of two. */
const BLOCK = 8;

/**
 * At least `count` keys that all have one hash under `FastHash`, as an attacker would make them: pairs of blocks that lead from one
 * state of FNV-1a to one other state, in all combinations (A. Joux, 2004). Always the same keys.
 */
export function craftedKeys(count: number): readonly string[] {
  let keys = [""];
  for (let state = FNV_START; keys.length < count; ) {
    const { blocks, next } = collidingBlocks(state);
    keys = keys.flatMap((key) => blocks.map((block) => key + block));
    state = next;
  }
  return keys;
}

/** Two blocks after which the state is the same; among some 2^16 blocks there are two, by the birthday paradox. */
function collidingBlocks(state: number): { readonly blocks: readonly [string, string]; readonly next: number } {
  const seen = new Map<number, number>();
  const bytes = new Uint8Array(BLOCK);
  for (let number = 0; ; number++) {
    writeBlock(bytes, number);
    const next = fnv1a(state, bytes, 0, BLOCK);
    const earlier = seen.get(next);
    if (earlier !== undefined) return { blocks: [blockText(earlier), blockText(number)], next };
    seen.set(next, number);
  }
}

function blockText(number: number): string {
  const bytes = new Uint8Array(BLOCK);
  writeBlock(bytes, number);
  return Buffer.from(bytes).toString();
}

/** Eight letters that look like chance. */
function writeBlock(bytes: Uint8Array, number: number): void {
  let state = number;
  for (let index = 0; index < BLOCK; index++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + index;
    bytes[index] = LETTERS.charCodeAt((state >>> 16) % LETTERS.length);
  }
}
