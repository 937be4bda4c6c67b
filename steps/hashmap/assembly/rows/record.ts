import { add, count, HISTOGRAM_BYTES } from "./histogram";
import { wholeOf } from "./whole";

/**
 * Counts what was seen of the rows of a batch.
 *
 * @param operations a byte for each of `rows`.
 * @param times `probes` likewise: 8 bytes before the first row, and 8 behind each; milliseconds, and a running count.
 * @param found a byte for each.
 * @param latency a histogram for each operation, one behind the other.
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

/** Counts the durations between `looks` times, 8 bytes each. */
export function recordLooks(looks: i32, times: usize, histogram: usize): void {
  for (let look = 1; look < looks; look++) {
    count(histogram, between(times));
    times += 8;
  }
}

/** Nanoseconds from one time to the next. */
function between(times: usize): f64 {
  return (load<f64>(times, 8) - load<f64>(times)) * 1e6;
}
