import { expect, it } from "vitest";
import { graphOf } from "../testing/graph-of.ts";
import { mermaid } from "./mermaid.ts";

it("draws the selected phases, with what each takes from where", () => {
  const graph = graphOf({
    list: { outputs: { items: "items.json" } },
    left: {},
    out: {},
    off: { enabled: false },
    fan: {
      each: "list.items",
      after: ["out", "off"],
      inputs: { log: "left.log", file: { path: 'a "b".txt' } },
    },
    all: { inputs: { logs: "fan[*].log" } },
  });
  expect(mermaid(graph, new Set(["fan", "all", "list"])).split("\n")).toEqual([
    "flowchart LR",
    '  list["list<br/><small>made-up/any</small>"]',
    '  fan["fan ×<br/><small>made-up/any</small>"]',
    "  left -->|log| fan",
    '  fan_file[/"a #quot;b#quot;.txt"/] --> fan',
    "  out -.-> fan",
    "  list -.->|each| fan",
    '  all["all<br/><small>made-up/any</small>"]',
    "  fan -->|log| all",
  ]);
});
