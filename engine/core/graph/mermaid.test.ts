import { expect, it } from "vitest";
import { graphOf } from "../testing/graph-of.ts";
import { mermaid } from "./mermaid.ts";

it("draws the selected phases, with what each takes from where; one that is not selected has its name alone", () => {
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
    '  phase.list["list<br/><small>made-up/any</small>"]',
    '  phase.fan["fan ×<br/><small>made-up/any</small>"]',
    '  phase.left["left"]',
    '  phase.out["out"]',
    '  phase.all["all<br/><small>made-up/any</small>"]',
    "  phase.left -->|log| phase.fan",
    '  input.fan.file[/"a #quot;b#quot;.txt"/] --> phase.fan',
    "  phase.out -.-> phase.fan",
    "  phase.list -.->|each| phase.fan",
    "  phase.fan -->|log| phase.all",
  ]);
});

it("keeps names apart from words and signs of Mermaid's own, and inputs from phases", () => {
  const graph = graphOf({
    end: {},
    "a--b": {},
    style: { inputs: { log: "end.log", f: { path: "x" } }, after: ["a--b"] },
  });
  expect(
    mermaid(graph, new Set(["end", "style"]))
      .split("\n")
      .slice(1),
  ).toEqual([
    '  phase.end["end<br/><small>made-up/any</small>"]',
    '  phase.style["style<br/><small>made-up/any</small>"]',
    '  phase.a++b["a--b"]',
    "  phase.end -->|log| phase.style",
    '  input.style.f[/"x"/] --> phase.style',
    "  phase.a++b -.-> phase.style",
  ]);
});
