import { defineStep, file, json, z } from "@orchestrate/sdk";

export default defineStep({
  summary: "Counts the lines of a text.",
  config: z.strictObject({
    /** Only lines of at least so many characters count. */
    atLeast: z.number().int().min(0).default(0),
  }),
  inputs: { text: file("text/plain") },
  outputs: { counts: json("counts.json", z.strictObject({ lines: z.number().int(), characters: z.number().int() })) },
  async run({ config, inputs, outputs, metric, progress, signal }) {
    const lines = (await inputs.text.text()).trimEnd().split("\n");
    const counts = { lines: 0, characters: 0 };
    for (const [index, line] of lines.entries()) {
      signal.throwIfAborted();
      if (line.length >= config.atLeast) {
        counts.lines += 1;
        counts.characters += line.length;
      }
      progress(index + 1, lines.length);
    }
    metric("lines", counts.lines);
    await outputs.counts.write(counts);
  },
});
