import { formatWiring } from "../pipeline/parse-pipeline.ts";
import type { Graph } from "./graph.ts";

/** The selected phases as a Mermaid flowchart (mermaid.js.org/syntax/flowchart.html). */
export function mermaid(graph: Graph, selected: ReadonlySet<string>): string {
  const nodes = new Map<string, string>();
  const edges: string[] = [];
  for (const [name, { phase, step }] of graph.phases) {
    if (!selected.has(name)) continue;
    const node = idOf(`phase.${name}`);
    const connect = (from: string, arrow: string) => {
      const source = idOf(`phase.${from}`);
      if (!nodes.has(from)) nodes.set(from, `  ${source}["${from}"]`);
      edges.push(`  ${source} ${arrow} ${node}`);
    };
    const fan = phase.each === null ? "" : " ×";
    nodes.set(name, `  ${node}["${name}${fan}<br/><small>${step.name}</small>"]`);
    for (const [input, wiring] of Object.entries(phase.inputs)) {
      if (wiring.from === "phase") connect(wiring.phase, `-->|${wiring.output}|`);
      else {
        const text = formatWiring(wiring).replaceAll('"', "#quot;");
        edges.push(`  ${idOf(`input.${name}.${input}`)}[/"${text}"/] --> ${node}`);
      }
    }
    for (const before of phase.after) if (graph.phases.has(before)) connect(before, "-.->");
    if (phase.each?.over === "artifact") connect(phase.each.phase, "-.->|each|");
  }
  return ["flowchart LR", ...nodes.values(), ...edges].join("\n");
}

/**
 * Names alone would not do: one that is called `end`, `style` or `class` is a word of Mermaid's own, and two hyphens
 * are a link.
 */
function idOf(place: string): string {
  return place.replaceAll("-", "+");
}
