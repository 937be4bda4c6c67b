import { defineStep, json, StepError, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { Distances } from "./contract.ts";
import { treeArtifact } from "./file/tree-artifact.ts";
import { TreeFile } from "./file/tree-file.ts";
import { openTree } from "./open-tree.ts";
import { noPoints } from "./points/join-points.ts";
import { LEAF } from "./tree/cover-tree.ts";
import { validateTree } from "./tree/validate-tree.ts";

const count = z.number().int().nonnegative();

const Report = z.strictObject({
  schema: z.literal("cover-tree.validation/1"),
  points: count,
  /** Points that are no leaves. */
  nodes: count,
  /** Pages of the file, each of which has the digest it had when it was written. */
  pages: count,
  /** How many points stand at each level, highest first; leaves are not counted. */
  levels: z.array(z.strictObject({ level: z.number().int(), points: count })),
});

export default defineStep({
  summary: "Checks every page of a tree file, and nesting, covering, separation and radii of the tree in it.",
  config: z.strictObject({}),
  inputs: { tree: treeArtifact },
  outputs: { report: json("report.json", Report, { kind: "cover-tree/validation" }) },
  services: { distances: Distances },
  code: codeFiles,
  async run({ inputs, outputs, services, log, metric }) {
    const pages = checkedPages(inputs.tree.path);
    const { stored, open } = openTree(inputs.tree.path, services.distances, noPoints, "none", log);
    const violations = validateTree(stored.tree, open.space);
    if (violations.length > 0) {
      throw new StepError({
        error: "tree-invalid",
        category: "invariant",
        detail: `The tree breaks its rules: ${violations.map(({ rule, detail }) => `${rule}: ${detail}`).join("; ")}.`,
        hint: "Build it anew. If it was built by these steps, please report it.",
      });
    }
    const counts = new Map<number, number>();
    for (const level of stored.tree.levels) if (level !== LEAF) counts.set(level, (counts.get(level) ?? 0) + 1);
    const levels = [...counts].map(([level, points]) => ({ level, points })).sort((a, b) => b.level - a.level);
    const nodes = levels.reduce((sum, { points }) => sum + points, 0);
    await outputs.report.write({
      schema: "cover-tree.validation/1",
      points: stored.points.count,
      nodes,
      pages,
      levels,
    });
    metric("points", stored.points.count);
    metric("nodes", nodes);
  },
});

function checkedPages(path: string): number {
  using file = new TreeFile(path);
  file.checkAll();
  return file.header.pages.count;
}
