import { formatWiring } from "../pipeline/parse-pipeline.ts";
import type { Graph } from "./graph.ts";

/** The selected phases as a Mermaid flowchart (mermaid.js.org/syntax/flowchart.html). */
export function mermaid(graph: Graph, selected: ReadonlySet<string>): string {
  const lines = ["flowchart LR"];
  for (const [name, { phase, step }] of graph.phases) {
    if (!selected.has(name)) continue;
    const fan = phase.each === null ? "" : " ×";
    lines.push(`  ${name}["${name}${fan}<br/><small>${step.name}</small>"]`);
    for (const [input, wiring] of Object.entries(phase.inputs)) {
      if (wiring.from === "phase") lines.push(`  ${wiring.phase} -->|${wiring.output}| ${name}`);
      else lines.push(`  ${name}_${input}[/"${formatWiring(wiring).replaceAll('"', "#quot;")}"/] --> ${name}`);
    }
    for (const before of phase.after) if (graph.phases.has(before)) lines.push(`  ${before} -.-> ${name}`);
    if (phase.each?.over === "artifact") lines.push(`  ${phase.each.phase} -.->|each| ${name}`);
  }
  return lines.join("\n");
}
