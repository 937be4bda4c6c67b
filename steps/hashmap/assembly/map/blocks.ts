import { full } from "./host";
import { BLOCKS, FIRST_BLOCK } from "./places";

/** A stretch of memory that was given back, and the next one further up; 0 is none. */
@unmanaged
class Hole {
  bytes: usize;
  next: usize;
}

@unmanaged
class Blocks {
  /** Behind this nothing was ever taken, and all is zero. */
  end: usize;
  holes: usize;
}

const blocks = changetype<Blocks>(BLOCKS);

export function initBlocks(): void {
  blocks.end = FIRST_BLOCK;
}

/**
 * Memory for so many bytes, all zero: of the first hole that is large enough, or fresh. `full` throws where there is
 * none.
 */
export function take(wanted: usize): usize {
  const bytes = aligned(wanted);
  let before: usize = 0;
  for (let at = blocks.holes; at !== 0; at = changetype<Hole>(at).next) {
    const hole = changetype<Hole>(at);
    if (hole.bytes >= bytes) {
      link(before, rest(hole, bytes));
      memory.fill(at, 0, bytes);
      return at;
    }
    before = at;
  }
  const start = blocks.end;
  const end = start + bytes;
  const missing = <i32>((<u64>start + <u64>bytes + 0xffff) >> 16) - memory.size();
  if (end < start || (missing > 0 && memory.grow(missing) < 0)) full();
  blocks.end = end;
  return start;
}

/** Gives back what was taken, of the same size. Holes that touch become one. */
export function give(at: usize, wanted: usize): void {
  let before: usize = 0;
  let next = blocks.holes;
  while (next !== 0 && next < at) {
    before = next;
    next = changetype<Hole>(next).next;
  }
  const hole = changetype<Hole>(at);
  hole.bytes = aligned(wanted);
  hole.next = next;
  link(before, at);
  join(at);
  if (before !== 0) join(before);
}

/** What follows in the list when the first bytes of a hole are taken. */
function rest(hole: Hole, bytes: usize): usize {
  if (hole.bytes === bytes) return hole.next;
  const left = changetype<usize>(hole) + bytes;
  changetype<Hole>(left).bytes = hole.bytes - bytes;
  changetype<Hole>(left).next = hole.next;
  return left;
}

function link(before: usize, next: usize): void {
  if (before === 0) blocks.holes = next;
  else changetype<Hole>(before).next = next;
}

function join(at: usize): void {
  const hole = changetype<Hole>(at);
  const next = changetype<Hole>(hole.next);
  if (hole.next === 0 || at + hole.bytes !== hole.next) return;
  hole.bytes += next.bytes;
  hole.next = next.next;
}

/** Lines of the processor's cache, so that none is shared. */
function aligned(bytes: usize): usize {
  return (bytes + 63) & ~63;
}
