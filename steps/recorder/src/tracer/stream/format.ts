/**
 * The binary stream by which a tracer in the recorded program tells what happens. It is a file to which frames are only
 * ever appended, each by one write: the realm (the space of ids), the thread and the number of words that follow, then
 * the words. A word has 32 bits, in the order of the machine: an operation in the low 4 bits and its operand in the
 * upper 28, then what the operation takes. A text is its length in bytes, then UTF-8, padded to whole words.
 *
 * | operation | operand | takes |
 * |---|---|---|
 * | step | site | |
 * | call | function | activation (0: can't be suspended), count, then `count` of variable and value |
 * | return | `Ending` | value |
 * | value | variable | value |
 * | define | `Definition` | what the definition takes; ids count from 0 in each realm |
 * | output | 0 stdout, 1 stderr | text |
 * | thread | 0 start, 1 exit | |
 * | exception | 0 | text |
 * | count | `Counter` | number |
 * | note | 0 | text |
 *
 * The Python tracer has the same numbers, in `python/orchestrate_tracer/stream.py`.
 */
export const Op = {
  step: 0,
  call: 1,
  return: 2,
  value: 3,
  define: 4,
  output: 5,
  thread: 6,
  exception: 7,
  count: 8,
  note: 9,
} as const;

/** Words before the words of a frame. */
export const FRAME_HEADER = 3;

/** The most words of one frame; a buffer is flushed before it grows beyond. */
export const FRAME_WORDS = 1 << 16;

/** How a call ends: for good, by `await` or `yield`, or by an exception. */
export const Ending = { returned: 0, suspended: 1, threw: 2 } as const;

/** path: text · function: path, line, text · site: path, line · variable: text · type: kind, text, count, texts. */
export const Definition = { path: 0, function: 1, site: 2, variable: 3, type: 4 } as const;

/**
 * The first word of a value: the kind in the low 4 bits, a payload above.
 *
 * | kind | payload | takes |
 * |---|---|---|
 * | none | | type |
 * | bool | 0 or 1 | |
 * | int | | 32 bits, signed |
 * | long | | 64 bits, signed, low word first |
 * | float | | 64 bits, low word first |
 * | string | bytes | UTF-8, padded |
 * | big | bytes × 2, + 1 where negative | magnitude, big-endian, padded |
 * | sequence, tuple, struct | elements | type, values |
 * | raw, error | bytes | type, UTF-8, padded |
 * | redacted, dropped | `ValueKind` | |
 */
export const Value = {
  none: 0,
  bool: 1,
  int: 2,
  long: 3,
  float: 4,
  string: 5,
  big: 6,
  sequence: 7,
  tuple: 8,
  struct: 9,
  raw: 10,
  error: 11,
  redacted: 12,
  dropped: 13,
} as const;

/** What a value belongs to, as filters name it. */
export const ValueKind = { argument: 0, local: 1, global: 2, return: 3, attribute: 4 } as const;

/** What is counted where nothing of it is written: scopes that were skipped, and values that were dropped, by kind. */
export const Counter = { scopesSkipped: 0, dropped: 1, eventsLost: 6 } as const;
