/** Most words of four bytes in a chunk of an arena; a power of two. */
export const CHUNK_WORDS = 1 << 16;
export const FIRST_CHUNK_WORDS = 1 << 10;

/** Words of a new chunk: about an eighth of what lives, so that little lies idle. */
export function chunkWords(liveWords: number): number {
  const eighth = 2 ** Math.floor(Math.log2(Math.max(1, liveWords / 8)));
  return Math.min(CHUNK_WORDS, Math.max(FIRST_CHUNK_WORDS, eighth));
}
