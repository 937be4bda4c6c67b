/**
 * Writes the rows between `start` and `end` to the columns of a batch, behind the `count` it holds, as long as they are
 * plainly good. Looks at 16 bytes at a time, so at no more than 19 behind `end`, which must be memory; what stands
 * there makes no difference.
 *
 * @param bytes where the bytes lie that `start`, `end` and the columns count from.
 * @param columns operations, a byte each, `rows` of them; then starts and ends of keys, of values, 4 bytes each,
 * likewise.
 * @param filled gets the number of rows that the batch then holds.
 * @returns the place of the first row that was not taken.
 */
export function takePlainRows(
  bytes: usize,
  start: i32,
  end: i32,
  columns: usize,
  rows: i32,
  count: i32,
  most: i32,
  keyBytes: i32,
  valueBytes: i32,
  filled: usize,
): i32 {
  const column = (<usize>rows) << 2;
  const behind = bytes + end;
  let at = bytes + start;
  let operations = columns + count;
  let places = columns + rows + ((<usize>count) << 2);
  while (count < most && at + SHORTEST <= behind) {
    const operation = operationAt(at);
    const key = at + 4;
    const marks = marksAt(key);
    const keyEnd = marks !== 0 ? key + ctz(marks) : behindPlain(key + BLOCK, behind);
    const value = keyEnd + 1;
    const others = marks & (marks - 1);
    const valueEnd = others !== 0 ? key + ctz(others) : behindPlain(value, behind);
    if (valueEnd >= behind) break;
    const keyLength = keyEnd - key;
    const valueLength = valueEnd - value;
    // One jump for all of it, which is nearly never taken: what an operation is can't be foreseen.
    const isPlain =
      <i32>(operation >= 0) &
      <i32>(keyLength - 1 < <usize>keyBytes) &
      <i32>(valueLength <= <usize>valueBytes) &
      <i32>(load<u8>(keyEnd) === COMMA) &
      <i32>(load<u8>(valueEnd) === LF) &
      (<i32>(valueLength !== 0) ^ <i32>(operation !== PUT));
    if (!isPlain) break;
    store<u8>(operations, operation);
    store<i32>(places, <i32>(key - bytes));
    store<i32>(places + column, <i32>(keyEnd - bytes));
    store<i32>(places + 2 * column, <i32>(value - bytes));
    store<i32>(places + 3 * column, <i32>(valueEnd - bytes));
    operations += 1;
    places += 4;
    count++;
    at = valueEnd + 1;
  }
  store<i32>(filled, count);
  return <i32>(at - bytes);
}

const PUT = 0;
const GET = 1;
const DELETE = 2;
const COMMA: u8 = 44;
const LF: u8 = 10;
const CR: u8 = 13;
const QUOTE: u8 = 34;
const BLOCK: usize = 16;
/** Bytes of `get,k,` and a line feed. */
const SHORTEST: usize = 7;

/**
 * The operation whose three letters, large or small, stand there with a comma behind them; -1 where they are no
 * operation's.
 */
function operationAt(at: usize): i32 {
  // Setting bit 5 makes a letter a small one; the comma has it already.
  const letters = load<u32>(at) | 0x202020;
  const other = select<i32>(DELETE, -1, letters === 0x2c6c6564);
  return select<i32>(GET, select<i32>(PUT, other, letters === 0x2c747570), letters === 0x2c746567);
}

/** The place of the first byte that is marked; at or behind `end` where none before it is. */
function behindPlain(from: usize, end: usize): usize {
  let at = from;
  for (; at < end; at += BLOCK) {
    const marks = marksAt(at);
    if (marks !== 0) return at + ctz(marks);
  }
  return at;
}

/** Marks, of 16 bytes, those that end a field that is not quoted, or may not stand in one: a bit for each. */
function marksAt(at: usize): i32 {
  const bytes = v128.load(at);
  const ends = v128.or(i8x16.eq(bytes, i8x16.splat(COMMA)), i8x16.eq(bytes, i8x16.splat(LF)));
  const faults = v128.or(i8x16.eq(bytes, i8x16.splat(CR)), i8x16.eq(bytes, i8x16.splat(QUOTE)));
  return i8x16.bitmask(v128.or(ends, faults));
}
