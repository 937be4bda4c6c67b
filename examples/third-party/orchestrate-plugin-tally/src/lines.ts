import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { defineStep, file, ndjson, StepError, z } from "@orchestrate/sdk";

const Row = z.strictObject({ line: z.string(), count: z.number().int().positive() });

export default defineStep({
  summary: "Counts equal lines of a text of any size, the most frequent first.",
  config: z.strictObject({
    /** How many different lines it may hold at once. */
    mostLines: z.number().int().positive().default(1_000_000),
  }),
  inputs: { text: file("text/plain") },
  outputs: { counts: ndjson("counts.ndjson", Row, { kind: "tally/counts" }) },
  async run({ config, inputs, outputs, metric, progress, signal }) {
    const { size } = await stat(inputs.text.path);
    const counts = new Map<string, number>();
    let done = 0;
    for await (const line of createInterface({ input: createReadStream(inputs.text.path, { signal }) })) {
      counts.set(line, (counts.get(line) ?? 0) + 1);
      if (counts.size > config.mostLines) throw tooMany(config.mostLines);
      done = Math.min(size, done + Buffer.byteLength(line) + 1);
      progress(done, size);
    }
    for (const [line, count] of [...counts].sort(byCount)) await outputs.counts.append({ line, count });
    metric("different", counts.size);
  },
});

/** Equal counts in the order of their code units, so that the result does not depend on the order of the text. */
function byCount([one, ones]: readonly [string, number], [other, others]: readonly [string, number]): number {
  return others - ones || (one < other ? -1 : 1);
}

function tooMany(mostLines: number): StepError {
  return new StepError({
    error: "tally-too-many-lines",
    category: "input",
    detail: `The text has more than ${mostLines} different lines.`,
    hint: "Raise `mostLines`, and the phase's `resources.memory` with it.",
  });
}
