import { Clock, defineStep, file, json, z } from "@orchestrate/sdk";
import { BenchmarkRow } from "./benchmark/benchmark-row.ts";
import { measureTraversal } from "./benchmark/measure-traversal.ts";
import { codeFiles } from "./code-files.ts";
import { Distances } from "./contract.ts";
import { treeArtifact } from "./file/tree-artifact.ts";
import { openTree } from "./open-tree.ts";
import { noPoints } from "./points/join-points.ts";
import { PointFormat, readPoints } from "./points/read-points.ts";
import { answerQueries } from "./query/answer-queries.ts";
import { automaticTraversals, onlyTraversal } from "./query/built-in-traversals.ts";
import { selectQueries } from "./query/select-queries.ts";
import { traversalContext } from "./query/traversal-context.ts";
import { threadsOf } from "./runtime/threads.ts";

const Report = z.strictObject({
  schema: z.literal("cover-tree.benchmark/1"),
  points: z.number().int(),
  queries: z.number().int(),
  k: z.number().int(),
  threads: z.number().int(),
  /** Which of the ways the planner chooses here. */
  chosen: z.string(),
  rows: z.array(BenchmarkRow),
});

export default defineStep({
  summary: "Times every way to find neighbours that serves a tree, and compares what it finds with the reference scan.",
  config: z.strictObject({
    k: z.number().int().positive().default(8),
    /** How many rows of the tree are queries, evenly chosen, where no queries are wired. */
    queries: z.number().int().positive().default(256),
    /** How often each way is timed; the median counts. */
    repeat: z.number().int().positive().max(100).default(3),
    format: PointFormat,
    threads: z.number().int().positive().max(64).nullable().default(1),
  }),
  inputs: { tree: treeArtifact, queries: file("*").optional() },
  outputs: { report: json("report.json", Report, { kind: "cover-tree/benchmark" }) },
  services: { distances: Distances, clock: Clock },
  code: codeFiles,
  async run({ config, inputs, outputs, services, resources, log, progress, metric, signal }) {
    const { format, repeat } = config;
    const asked = inputs.queries === undefined ? noPoints : await readPoints(inputs.queries.path, format, "queries");
    const { stored, open } = openTree(inputs.tree.path, services.distances, asked, "queries", log);
    const { rows } = stored.tree;
    const { queries, ends } = selectQueries(
      rows,
      asked.count,
      false,
      asked.count > 0 ? undefined : evenly(rows, config.queries),
    );
    const k = Math.min(config.k, rows.length);
    const ask = { kind: "nearest", k } as const;
    const threads = threadsOf(config.threads, resources);
    const context = traversalContext(open, stored.tree, ask, queries, ends);
    const silent = () => {};
    const chosen = automaticTraversals().select(context, (message) => log.warn(message)).name;
    const work = { ask, queries, ends, threads, signal, progress: silent };
    const reference = await answerQueries(open, context.plan("scan"), work);

    const measured: BenchmarkRow[] = [];
    const kinds = ["blocks", "filtered-scan", "tree", "tiled-scan", "scan"] as const;
    for (const [index, kind] of kinds.entries()) {
      progress(index, kinds.length, kind);
      const only = onlyTraversal(kind);
      if (!only.serves(context)) continue;
      const plan = only.select(context, silent).made;
      const row = await measureTraversal(open, plan, work, {
        kind,
        reference,
        repeat,
        clock: services.clock,
        points: rows.length,
      });
      measured.push(row);
      metric(`${kind.replace("-", "_")}_queries_per_second`, row.queries_per_second ?? 0);
      metric(`${kind.replace("-", "_")}_recall`, row.recall);
    }
    progress(kinds.length, kinds.length);
    await outputs.report.write({
      schema: "cover-tree.benchmark/1",
      points: rows.length,
      queries: queries.length,
      k,
      threads,
      chosen,
      rows: measured,
    });
  },
});

function evenly(rows: Int32Array, wanted: number): readonly number[] {
  const count = Math.min(wanted, rows.length);
  return Array.from({ length: count }, (_, index) => rows[Math.floor((index * rows.length) / count)]!);
}
