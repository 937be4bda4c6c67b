import type { Log, Progress } from "@orchestrate/sdk";
import { readEventLine } from "./event-line.ts";
import { shortened } from "./shortened.ts";

/** Passes on what a program says on descriptor 3. What is no event is worth a warning, and never the run. */
export function forwardEvent(
  line: string,
  context: {
    readonly progress: Progress;
    readonly metric: (name: string, value: number, step?: number) => void;
    readonly log: Log;
    readonly checkpoint: { keep(): void };
  },
): void {
  const event = readEventLine(line);
  if (event === undefined) {
    if (line.trim() !== "") context.log.warn(`This line on descriptor 3 is no event: ${shortened(line, 200)}`);
  } else if ("progress" in event) {
    const [done, total, message] = event.progress;
    context.progress(done, total, message);
  } else if ("metric" in event) {
    context.metric(event.metric.name, event.metric.value, event.metric.step);
  } else if ("checkpoint" in event) {
    context.checkpoint.keep();
  } else {
    context.log[event.log.level](event.log.message);
  }
}
