import { defineStep, json, StepError, z } from "@orchestrate/sdk";
import { describeState, State } from "./trace/describe-state.ts";
import { readTrace } from "./trace/read-trace.ts";
import { ReplayedState } from "./trace/replayed-state.ts";
import { traceArtifact } from "./trace/trace-artifact.ts";
import type { TraceEvent } from "./trace/trace-event.ts";

const LinePlace = z.strictObject({
  /** The file's path, or the last of its parts: `shop/sum.js`. */
  file: z.string().min(1),
  line: z.number().int().positive(),
  /** The how manyth step there. */
  hit: z.number().int().positive().default(1),
});

export default defineStep({
  summary: "Walks a trace and tells where the program stood at events or lines: calls, lines and variables.",
  config: z.strictObject({
    /** Events by number, from 0, or lines by how often they were reached. */
    at: z.array(z.union([z.number().int().nonnegative(), LinePlace])).min(1),
  }),
  inputs: { trace: traceArtifact },
  outputs: { states: json("states.json", z.array(State), { kind: "recorder/states" }) },
  async run({ config, inputs, outputs, signal }) {
    const state = new ReplayedState();
    const places: Place[] = config.at.map((at) => ({ at, hits: 0, reached: undefined, found: undefined }));
    let index = 0;
    for await (const event of readTrace(inputs.trace.path, signal)) {
      // The values that a step brings stand after it.
      if (event.type !== "Value") settle(places, state);
      if (places.every(({ found }) => found !== undefined)) break;
      state.apply(event);
      for (const place of places) if (isReached(place, index, event, state)) place.reached = index;
      index += 1;
    }
    settle(places, state);
    await outputs.states.write(places.map(({ at, found }) => found ?? notReached(at, index)));
  },
});

type At = number | z.output<typeof LinePlace>;

interface Place {
  readonly at: At;
  hits: number;
  /** The event at which it was reached. */
  reached: number | undefined;
  found: z.output<typeof State> | undefined;
}

function settle(places: readonly Place[], state: ReplayedState): void {
  for (const place of places) {
    if (place.reached !== undefined) place.found ??= describeState(place.reached, state);
  }
}

function isReached(place: Place, index: number, event: TraceEvent, state: ReplayedState): boolean {
  const { at } = place;
  if (typeof at === "number") return at === index;
  if (event.type !== "Step" || event.body.line !== at.line) return false;
  if (!`/${state.interned.paths[event.body.path_id] ?? ""}`.endsWith(`/${at.file}`)) return false;
  place.hits += 1;
  return place.hits === at.hit;
}

function notReached(at: At, events: number): never {
  const what = typeof at === "number" ? `event ${at}` : `${at.file}:${at.line}, hit ${at.hit},`;
  throw new StepError({
    error: "trace-place-not-reached",
    category: "input",
    detail: `The trace does not come to ${what} in its ${events} events.`,
    hint: "recorder/inspect tells how many events there are, and which lines were reached.",
  });
}
