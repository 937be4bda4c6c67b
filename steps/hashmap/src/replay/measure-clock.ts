import type { Timer } from "../contract.ts";
import type { LatencyHistogram } from "./latency-histogram.ts";

const LOOKS = 1000;

/** Records how long looks at the timer take by themselves, in nanoseconds: what every measured latency includes. */
export function measureClock(timer: Timer, into: LatencyHistogram): void {
  const times = new Float64Array(LOOKS + 1);
  for (let look = 0; look <= LOOKS; look++) times[look] = timer.now();
  for (let look = 0; look < LOOKS; look++) into.record(Math.round((times[look + 1]! - times[look]!) * 1e6));
}
