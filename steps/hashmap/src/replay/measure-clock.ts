import type { Timer } from "../contract.ts";
import { LatencyHistogram, type Percentiles } from "./latency-histogram.ts";

const LOOKS = 10_000;

/** How long looks at the timer take by themselves, in nanoseconds: what every measured latency includes. */
export function measureClock(timer: Timer): Percentiles {
  const times = new Float64Array(LOOKS + 1);
  for (let look = 0; look <= LOOKS; look++) times[look] = timer.now();
  const histogram = new LatencyHistogram();
  for (let look = 0; look < LOOKS; look++) histogram.record(Math.round((times[look + 1]! - times[look]!) * 1e6));
  return histogram.percentiles();
}
