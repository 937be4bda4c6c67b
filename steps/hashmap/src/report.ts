import { defineStep, file, z } from "@orchestrate/sdk";
import { comparisonArtifact } from "./analysis/comparison.ts";
import { profileArtifact } from "./analysis/profile-report.ts";
import { dnaArtifact } from "./dna/workload-dna.ts";
import { metricsArtifact, summaryArtifact } from "./replay/summary.ts";
import type { Tick } from "./replay/tick.ts";
import type { RatePoint } from "./report/report-content.ts";
import { reportHtml } from "./report/report-html.ts";
import { reportMarkdown } from "./report/report-markdown.ts";

export default defineStep({
  summary: "Sets replays side by side, in Markdown and as a self-contained page with charts.",
  config: z.strictObject({ title: z.string().min(1).default("Hash map replays") }),
  inputs: {
    summaries: summaryArtifact.gathered(),
    metrics: metricsArtifact.gathered(),
    profile: profileArtifact.optional(),
    comparison: comparisonArtifact.optional(),
    dna: dnaArtifact.optional(),
  },
  outputs: { markdown: file("text/markdown", "report.md"), html: file("text/html", "report.html") },
  async run({ config, inputs, outputs }) {
    const points = new Map<string, readonly RatePoint[]>();
    for (const { key, rows } of inputs.metrics) points.set(key, await ratePoints(rows()));
    const replays = await Promise.all(
      inputs.summaries.map(async ({ key, read }) => ({
        name: key,
        summary: await read(),
        points: points.get(key) ?? [],
      })),
    );
    const content = {
      title: config.title,
      replays,
      profile: await inputs.profile?.read(),
      comparison: await inputs.comparison?.read(),
      dna: await inputs.dna?.read(),
    };
    await outputs.markdown.write(reportMarkdown(content));
    await outputs.html.write(reportHtml(content));
  },
});

async function ratePoints(ticks: AsyncIterable<Tick>): Promise<RatePoint[]> {
  const points: RatePoint[] = [];
  for await (const { t, ops_per_second_ema, memory_bytes } of ticks) {
    points.push({ t, opsPerSecond: ops_per_second_ema, memoryBytes: memory_bytes });
  }
  return points;
}
