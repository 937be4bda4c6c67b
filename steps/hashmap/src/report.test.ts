import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import compare from "./compare.ts";
import dna from "./dna.ts";
import profile from "./profile.ts";
import replay from "./replay.ts";
import report from "./report.ts";
import { generateRows } from "./workload/generate-rows.ts";
import { PLAIN } from "./workload/workload-shape.ts";

const services = { timer: { now: () => performance.now() } };
const workload = {
  text: `${[...generateRows({ ...PLAIN, ops: 4000, keySpace: 100 }, 3)].join("")}${"get,<b>|x,\n".repeat(500)}`,
};

describe("hashmap/report", () => {
  it("sets replays side by side, with all that is known, in a page that needs nothing else", async () => {
    const inputs = { workload };
    using one = await runStep(replay, { config: { tickEvery: 1024, map: { backend: "chaining" } }, inputs, services });
    using two = await runStep(replay, {
      config: { tickEvery: 1024, map: { backend: "robin-hood" } },
      inputs,
      services,
    });
    using profiled = await runStep(profile, { config: { rounds: 1 }, inputs, services });
    using compared = await runStep(compare, { config: { rounds: 6 }, inputs, services });
    using analysed = await runStep(dna, { inputs });
    const instances = [
      ["list <&>", one],
      ["open", two],
    ] as const;
    using result = await runStep(report, {
      config: { title: "A & B" },
      inputs: {
        summaries: instances.map(([key, { outputs }]) => ({ key, path: outputs.summary.path })),
        metrics: instances.map(([key, { outputs }]) => ({ key, path: outputs.metrics.path })),
        profile: { path: profiled.outputs.profile.path },
        comparison: { path: compared.outputs.comparison.path },
        dna: { path: analysed.outputs.dna.path },
      },
    });
    expect(result.error).toBeUndefined();
    const markdown = result.outputs.markdown.text();
    const html = result.outputs.html.text();
    expect(markdown.match(/^## .*/gm)).toEqual(["## Replays", "## Workload", "## Profile", "## Comparison"]);
    expect(markdown).toMatch(/^\| open \| 4500 \| /m);
    expect(markdown).toContain("| \\<b\\>\\|x | 500 |");
    expect(markdown).toContain("in 1 round;");
    expect(markdown).toMatch(/^\| an operation \| [\d.]+ (n|µ|m)s \| [\d.]+ (n|µ|m)s \|/m);
    expect(markdown).toMatch(/^\| memory \| [\d.]+ KiB \| [\d.]+ KiB \|/m);
    expect(markdown.split("\n")[0]).toBe("# A \\& B");
    expect(html.match(/<svg /g)).toHaveLength(4);
    expect(html).toContain("<h1>A &#38; B</h1>");
    expect(html).toContain("list &#60;&#38;&#62;");
    expect(html).not.toContain("<b>");
    expect(html).not.toMatch(/<script|https?:|src=|href=|@import|url\(/);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
    for (const points of html.matchAll(/points="([^"]*)"/g)) expect(points[1]).toMatch(/^-?[\d.]+,-?[\d.]+( |$)/);
  });

  it("says so where there are no replays, and shows nothing of them", async () => {
    using result = await runStep(report, { inputs: { summaries: [], metrics: [] } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.markdown.text()).toBe("# Hash map replays\n\n## Replays\n\nThere are none.\n");
    expect(result.outputs.html.text()).toContain("<p>There are none.</p>");
    expect(result.outputs.html.text()).not.toMatch(/<table|<svg/);
  });

  it("does with a replay of no operations", async () => {
    using empty = await runStep(replay, { inputs: { workload: { text: "op,key,value\n" } }, services });
    const { summary, metrics } = empty.outputs;
    using result = await runStep(report, {
      inputs: { summaries: [{ key: "empty", path: summary.path }], metrics: [{ key: "empty", path: metrics.path }] },
    });
    expect(result.error).toBeUndefined();
    expect(result.outputs.markdown.text()).toMatch(/^\| empty \| 0 \| 0 \| – \| 0 ns \|/m);
    expect(result.outputs.html.text()).not.toMatch(/NaN|undefined|Infinity/);
  });
});
