import { z } from "@orchestrate/sdk";
import { plainValue } from "./plain-value.ts";
import type { ReplayedState } from "./replayed-state.ts";

/** Where a program stands. */
export const State = z.strictObject({
  event: z.number().int(),
  thread: z.number().int(),
  /** The calls that are open on that thread, the innermost first. */
  calls: z.array(
    z.strictObject({
      function: z.string(),
      file: z.string(),
      line: z.number().int(),
      variables: z.record(z.string(), z.json()),
    }),
  ),
  /** Characters that the program has written so far. */
  written: z.strictObject({ stdout: z.number().int(), stderr: z.number().int() }),
});

export function describeState(event: number, state: ReplayedState): z.output<typeof State> {
  const { interned, thread, output } = state;
  const calls = state
    .stack()
    .map(({ function: id, line, variables }) => ({
      function: interned.functions[id]?.name ?? "",
      file: interned.functions[id]?.path ?? "",
      line,
      variables: Object.fromEntries([...variables].map(([name, value]) => [name, plainValue(value, interned)])),
    }))
    .reverse();
  return { event, thread, calls, written: { ...output } };
}
