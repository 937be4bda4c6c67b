/**
 * Counts what was seen of the rows of a batch.
 *
 * @param operations a byte for each of `rows`.
 * @param times `probes` likewise: 8 bytes before the first row, and 8 behind each; milliseconds, and a running count.
 * @param found a byte for each.
 * @param latency a histogram for each operation, one behind the other (see `count`).
 * @param probeCounts 4 bytes for every number of probes up to `mostProbes`, which stands for more as well.
 * @param totals 8 bytes each: all probes; rows that were found, for each operation.
 */
export function record(
  rows: i32,
  operations: usize,
  times: usize,
  probes: usize,
  found: usize,
  latency: usize,
  probeCounts: usize,
  mostProbes: i32,
  totals: usize,
): void {
  add(totals, load<f64>(probes + ((<usize>rows) << 3)) - load<f64>(probes));
  for (let row = 0; row < rows; row++) {
    const operation = <usize>load<u8>(operations + row);
    count(latency + operation * HISTOGRAM_BYTES, between(times));
    const looked = load<f64>(probes, 8) - load<f64>(probes);
    const place = probeCounts + ((<usize>min(wholeOf(looked), mostProbes)) << 2);
    store<u32>(place, load<u32>(place) + 1);
    if (load<u8>(found + row) !== 0) add(totals + 8 + (operation << 3), 1);
    times += 8;
    probes += 8;
  }
}

/**
 * Counts a duration, rounded to whole nanoseconds, in a histogram: 8 bytes each for the number of durations, their sum and the
 * longest, then the slots, 4 bytes each (see `LatencyHistogram`).
 */
export function count(histogram: usize, nanoseconds: f64): void {
  const whole = nanoseconds + WHOLE - WHOLE;
  add(histogram, 1);
  add(histogram + 8, whole);
  if (whole > load<f64>(histogram, 16)) store<f64>(histogram, whole, 16);
  const slot = histogram + HEAD_BYTES + (slotOf(wholeOf(nanoseconds)) << 2);
  store<u32>(slot, load<u32>(slot) + 1);
}

/** Counts the durations between `looks` times, 8 bytes each. */
export function recordLooks(looks: i32, times: usize, histogram: usize): void {
  for (let look = 1; look < looks; look++) {
    count(histogram, between(times));
    times += 8;
  }
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

const SLOTS = 64;
const MOST: u64 = 0x7fffffff;
/** A number to which this is added, 2^52, has no room for a fraction: it is rounded, and stands whole in the low bits. */
const WHOLE: f64 = 4503599627370496;
const HEAD_BYTES: usize = 24;
const HISTOGRAM_BYTES: usize = HEAD_BYTES + 4 * 26 * SLOTS;

/** Nanoseconds from one time to the next. */
function between(times: usize): f64 {
  return (load<f64>(times, 8) - load<f64>(times)) * 1e6;
}

/** A number's nearest whole one. */
function wholeOf(value: f64): u64 {
  return reinterpret<u64>(value + WHOLE) ^ reinterpret<u64>(WHOLE);
}

function slotOf(nanoseconds: u64): usize {
  const value = <u32>min(nanoseconds - <u64>(nanoseconds > 0), MOST);
  const shift = <u32>max(0, 25 - <i32>clz(value));
  return shift * SLOTS + (value >> shift);
}

function add(place: usize, amount: f64): void {
  store<f64>(place, load<f64>(place) + amount);
}
