// Where that lies of which a map has one, and where its blocks begin: each has room for what it may still become.

export const BLOCKS: usize = 64;
export const HASH_KEY: usize = 128;
export const ARENA: usize = 192;
export const SWEEP: usize = 256;
export const WORK: usize = 320;
export const MAP: usize = 384;
export const FIRST_BLOCK: usize = 512;
