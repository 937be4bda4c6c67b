import { defineStep, file, z } from "@orchestrate/sdk";

const number = file("text/plain");

/** The step that is measured: it reads some small files and writes one, as `add` in graph.ts says. */
export default defineStep({
  summary: "Add up the numbers of all inputs.",
  config: z.strictObject({ salt: z.number().int() }),
  inputs: { first: number.optional(), second: number.optional(), source: number.optional() },
  outputs: { out: file("text/plain", "out.txt") },
  async run({ config, inputs, outputs }) {
    let sum = config.salt;
    for (const input of [inputs.first, inputs.second, inputs.source]) {
      if (input !== undefined) sum = (sum * 31 + Number(await input.text())) % 1_000_003;
    }
    await outputs.out.write(`${sum}\n`);
  },
});
