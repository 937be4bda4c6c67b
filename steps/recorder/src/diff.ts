import { defineStep, json, z } from "@orchestrate/sdk";
import { comparableEvents } from "./trace/comparable-events.ts";
import { describeState, State } from "./trace/describe-state.ts";
import { readMetadata, readTrace } from "./trace/read-trace.ts";
import { ReplayedState } from "./trace/replayed-state.ts";
import { traceArtifact } from "./trace/trace-artifact.ts";

/** What the side does where the two part, and where it stands; null where it has ended. */
const Side = z.strictObject({ does: z.string(), state: State }).nullable();

export const Difference = z.strictObject({
  equal: z.boolean(),
  /** Events of the compared aspects that agree, from the beginning. */
  common: z.number().int().nonnegative(),
  /** The last of them, the newest last. */
  before: z.array(z.string()),
  left: Side,
  right: Side,
});

export default defineStep({
  summary: "Finds where two recordings of a program first part.",
  config: z.strictObject({
    /** What is compared: calls, steps and returns; values; output. */
    compare: z
      .array(z.enum(["flow", "values", "output"]))
      .min(1)
      .default(["flow", "values", "output"]),
    /** How many of the events before are told. */
    context: z.number().int().nonnegative().default(5),
  }),
  inputs: { left: traceArtifact, right: traceArtifact },
  outputs: { difference: json("difference.json", Difference, { kind: "recorder/difference" }) },
  async run({ config, inputs, outputs, metric, log, signal }) {
    const open = async ({ path }: { readonly path: string }) => {
      const state = new ReplayedState();
      const { workdir } = await readMetadata(path);
      return { state, events: comparableEvents(readTrace(path, signal), config.compare, workdir, state) };
    };
    const [left, right] = [await open(inputs.left), await open(inputs.right)];
    const before: string[] = [];
    let common = 0;
    for (;;) {
      const [one, other] = [await left.events.next(), await right.events.next()];
      if (!one.done && !other.done && one.value.text === other.value.text) {
        common += 1;
        before.push(one.value.text);
        if (before.length > config.context) before.shift();
        continue;
      }
      const side = (next: typeof one, state: ReplayedState) =>
        next.done ? null : { does: next.value.text, state: describeState(next.value.index, state) };
      const equal = one.done === true && other.done === true;
      await outputs.difference.write({
        equal,
        common,
        before,
        left: side(one, left.state),
        right: side(other, right.state),
      });
      log.info(
        equal ? `equal in ${common} events` : `${common} events agree, then ${told(one)} against ${told(other)}`,
      );
      metric("common", common);
      await Promise.all([left.events.return(undefined), right.events.return(undefined)]);
      return;
    }
  },
});

function told(next: IteratorResult<{ readonly text: string }>): string {
  return next.done ? "the end" : next.value.text;
}
