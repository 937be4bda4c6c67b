import { blockBetween, stateOf, withBlock } from "../map/fast-hash.ts";

const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&()*+-./:;<=>?@[]^_{|}~";
const BYTES = new Set(Buffer.from(CHARACTERS));
/** Bytes of a block. */
const BLOCK = 8;

/**
 * At least `count` keys that all have one hash under `fastHash`, as an attacker would make them: pairs of two blocks
 * each that lead from one state of the hash to one other state, in all combinations (A. Joux, 2004). Always the same
 * keys.
 */
export function craftedKeys(count: number): readonly string[] {
  const pairs = Math.ceil(Math.log2(count));
  let keys = [""];
  let state = stateOf(pairs * 2 * BLOCK);
  for (let pair = 0; pair < pairs; pair++) {
    const { texts, next } = collidingTexts(state);
    keys = keys.flatMap((key) => texts.map((text) => key + text));
    state = next;
  }
  return keys;
}

/**
 * Two texts of two blocks after which the state is the same. A block of the first one is given, and that of the second
 * follows: it is plain text as well for one in some five thousand.
 */
function collidingTexts(state: bigint): { readonly texts: readonly [string, string]; readonly next: bigint } {
  const [one, other] = [blockText(0), blockText(1)];
  const [afterOne, afterOther] = [withBlock(state, wordOf(one)), withBlock(state, wordOf(other))];
  for (let number = 2; ; number++) {
    const last = blockText(number);
    const next = withBlock(afterOne, wordOf(last));
    const counterpart = Buffer.alloc(BLOCK);
    counterpart.writeBigUInt64LE(blockBetween(afterOther, next));
    if (counterpart.every((byte) => BYTES.has(byte))) return { texts: [one + last, other + counterpart], next };
  }
}

function wordOf(block: string): bigint {
  return Buffer.from(block).readBigUInt64LE();
}

/** Characters that look like chance. */
function blockText(number: number): string {
  let state = number;
  let text = "";
  for (let index = 0; index < BLOCK; index++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + index;
    text += CHARACTERS[(state >>> 16) % CHARACTERS.length]!;
  }
  return text;
}
