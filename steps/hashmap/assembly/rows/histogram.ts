import { WHOLE, wholeOf } from "./whole";

const SLOTS = 64;
const ALL_SLOTS = 26 * SLOTS;
const MOST: u64 = 0x7fffffff;
const HEAD_BYTES: usize = 24;
export const HISTOGRAM_BYTES: usize = HEAD_BYTES + 4 * ALL_SLOTS;

/**
 * Counts a duration, rounded to whole nanoseconds, in a histogram: 8 bytes each for the number of durations, their sum
 * and the longest, then the slots, 4 bytes each (see `LatencyHistogram`).
 */
export function count(histogram: usize, nanoseconds: f64): void {
  const whole = nanoseconds + WHOLE - WHOLE;
  add(histogram, 1);
  add(histogram + 8, whole);
  if (whole > load<f64>(histogram, 16)) store<f64>(histogram, whole, 16);
  const slot = histogram + HEAD_BYTES + (slotOf(wholeOf(nanoseconds)) << 2);
  store<u32>(slot, load<u32>(slot) + 1);
}

/** Makes a histogram of what several count that lie one behind the other. */
export function sumUp(into: usize, histograms: usize, many: i32): void {
  memory.fill(into, 0, HISTOGRAM_BYTES);
  for (let histogram = 0; histogram < many; histogram++) {
    add(into, load<f64>(histograms));
    add(into + 8, load<f64>(histograms, 8));
    store<f64>(into, Math.max(load<f64>(into, 16), load<f64>(histograms, 16)), 16);
    for (let slot: usize = HEAD_BYTES; slot < HISTOGRAM_BYTES; slot += 4) {
      store<u32>(into + slot, load<u32>(into + slot) + load<u32>(histograms + slot));
    }
    histograms += HISTOGRAM_BYTES;
  }
}

/** How many durations are in the slots from `start` to before `end`. */
export function countIn(histogram: usize, start: i32, end: i32): f64 {
  let sum: u64 = 0;
  for (let slot = start; slot < end; slot++) sum += load<u32>(histogram + HEAD_BYTES + ((<usize>slot) << 2));
  return <f64>sum;
}

/** The upper edge of the slot of the duration that so many, itself included, don't exceed; there must be as many. */
export function edgeAt(histogram: usize, rank: f64): f64 {
  let slot = 0;
  let left = <i64>rank;
  for (; slot < ALL_SLOTS; slot++) {
    left -= load<u32>(histogram + HEAD_BYTES + ((<usize>slot) << 2));
    if (left <= 0) break;
  }
  const shift = max(0, slot / SLOTS - 1);
  return <f64>((<u64>(slot - shift * SLOTS + 1)) << shift);
}

export function add(place: usize, amount: f64): void {
  store<f64>(place, load<f64>(place) + amount);
}

function slotOf(nanoseconds: u64): usize {
  const value = <u32>min(nanoseconds - <u64>(nanoseconds > 0), MOST);
  const shift = <u32>max(0, 25 - <i32>clz(value));
  return shift * SLOTS + (value >> shift);
}
