import type { Timer } from "../contract.ts";
import type { HashMap } from "../map/hash-map.ts";
import type { RowBatch } from "../workload/row-batch.ts";
import type { Recorder } from "./recorder.ts";
import type { Tick } from "./tick.ts";
import type { ProducedTick, TickProducer } from "./tick-producer.ts";

export interface ReplayParts {
  readonly map: HashMap;
  readonly batches: AsyncIterable<RowBatch>;
  readonly timer: Timer;
  readonly recorder: Recorder;
  readonly producer: TickProducer;
  /** Operations between two ticks. */
  readonly tickEvery: number;
  publish(produced: ProducedTick): Promise<void>;
  /** Called after each batch with the operations so far; the next one waits for it. */
  pace(operations: number): Promise<void>;
}

/**
 * Replays a workload; gives the last tick. A tick is made at the start, at the end, and after every `tickEvery`
 * operations between; before each the clock by itself is measured, so that it is seen under the same circumstances as
 * the operations.
 */
export async function replayWorkload(parts: ReplayParts): Promise<Tick> {
  const { map, batches, timer, recorder, producer, tickEvery, publish, pace } = parts;
  const measured = () => {
    map.look(timer, recorder.trace.times);
    recorder.recordLooks();
    return timer.now();
  };
  await publish(producer.tick(measured()));
  let nextTick = tickEvery;
  for await (const batch of batches) {
    producer.resumed(timer.now());
    map.execute(batch, timer, recorder.trace);
    recorder.record(batch);
    producer.paused(timer.now());
    if (recorder.operations >= nextTick) {
      await publish(producer.tick(measured()));
      nextTick += tickEvery;
    }
    await pace(recorder.operations);
  }
  const last = producer.complete(measured());
  await publish(last);
  return last.tick;
}
