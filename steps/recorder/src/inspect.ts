import { defineStep, json, z } from "@orchestrate/sdk";
import { readMetadata, readTrace } from "./trace/read-trace.ts";
import { Summary, summarize } from "./trace/summarize.ts";
import { traceArtifact } from "./trace/trace-artifact.ts";

export default defineStep({
  summary: "Sums a trace up: how much of what it holds, the hottest functions and lines, and what was withheld.",
  config: z.strictObject({
    /** How many functions and lines. */
    top: z.number().int().positive().default(10),
  }),
  inputs: { trace: traceArtifact },
  outputs: { summary: json("summary.json", Summary, { kind: "recorder/summary" }) },
  async run({ config, inputs, outputs, metric, log, signal }) {
    const metadata = await readMetadata(inputs.trace.path);
    const summary = await summarize(readTrace(inputs.trace.path, signal), metadata, config.top);
    await outputs.summary.write(summary);
    for (const [name, count] of Object.entries(summary.counts)) metric(name, count);
    for (const { function: name, steps, calls } of summary.functions.slice(0, 3)) {
      log.info(`${name}: ${steps} steps in ${calls} calls`);
    }
  },
});
