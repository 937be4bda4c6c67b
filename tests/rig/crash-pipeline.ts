/**
 * A fan-out over a list that a phase writes, a gather, a tree, a checkpoint and a publication: all that a run can do.
 */
export function crashPipeline(durability: "strict" | "relaxed"): object {
  return {
    pipeline: "crash",
    durability,
    concurrency: 1,
    phases: {
      list: { step: "rig/list", with: { items: ["a", "b"] } },
      work: {
        step: "rig/write",
        each: "list.items",
        key: "${item}",
        with: { name: "work[${item}]", text: "${item}" },
        inputs: { before: { path: "notes.txt" } },
      },
      join: { step: "rig/join", inputs: { parts: "work[*].text" }, publish: { to: "out/tree", output: "tree" } },
    },
  };
}
