import { writeFile } from "node:fs/promises";
import { defineStep, directory, file, json, StepError, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { Distances, Traversals } from "./contract.ts";
import { treeArtifact } from "./file/tree-artifact.ts";
import { encodeNpy } from "./npy/encode-npy.ts";
import { openTree } from "./open-tree.ts";
import { noPoints } from "./points/join-points.ts";
import { PointFormat, readPoints } from "./points/read-points.ts";
import { answerQueries } from "./query/answer-queries.ts";
import type { Ask } from "./query/collector.ts";
import { countCandidates } from "./query/count-candidates.ts";
import { offsetsOf } from "./query/offsets-of.ts";
import { selectQueries } from "./query/select-queries.ts";
import { traversalContext } from "./query/traversal-context.ts";
import { Threads, threadsOf } from "./runtime/threads.ts";

const count = z.number().int().nonnegative();

const Summary = z.strictObject({
  schema: z.literal("cover-tree.query/1"),
  /** The way that neighbours were found. */
  traversal: z.string(),
  queries: count,
  neighbours: count,
  /** Distances computed, bounds included. */
  evaluations: count,
  /** The share of all distances that was not computed; 0 where bounds cost more than they saved. */
  pruned_share: z.number(),
});

export default defineStep({
  summary: "Finds the exact nearest neighbours, or all within a radius, of points or of the tree's own rows.",
  config: z
    .strictObject({
      /** How many neighbours of each query. */
      k: z.number().int().positive().optional(),
      /** All neighbours at most this far away. */
      radius: z.number().nonnegative().optional(),
      /** Only rows before the query's own are neighbours: min(k, i) of row i. */
      predecessor: z.boolean().default(false),
      /** Rows of the tree that are queries, where no queries are wired; all of them where it is left out. */
      rows: z.array(count).min(1).optional(),
      format: PointFormat,
      threads: Threads,
    })
    .refine(({ k, radius }) => (k === undefined) !== (radius === undefined), { error: "give either k or radius" }),
  inputs: { tree: treeArtifact, queries: file("*").optional() },
  outputs: {
    neighbours: directory("cover-tree/neighbours", "neighbours"),
    summary: json("summary.json", Summary, { kind: "cover-tree/query" }),
  },
  services: { distances: Distances, traversals: Traversals },
  code: codeFiles,
  async run({ config, inputs, outputs, services, resources, log, progress, metric, signal }) {
    const { k, radius, predecessor, rows, format } = config;
    const asked = inputs.queries === undefined ? noPoints : await readPoints(inputs.queries.path, format, "queries");
    const { stored, open } = openTree(inputs.tree.path, services.distances, asked, "queries", log);
    const { tree } = stored;
    const { queries, ends } = selectQueries(tree.rows, asked.count, predecessor, rows);
    if (k !== undefined && k > tree.rows.length && !predecessor) throw tooMany(k, tree.rows.length);
    const ask: Ask =
      k === undefined ? { kind: "within", radius: radius ?? 0 } : { kind: "nearest", k: Math.min(k, tree.rows.length) };

    const context = traversalContext(open, tree, ask, queries, ends);
    const { name, made } = services.traversals.select(context, (message) => log.warn(message));
    const threads = threadsOf(config.threads, resources);
    const answers = await answerQueries(open, made, { ask, queries, ends, threads, signal, progress });

    const offsets = offsetsOf(answers.counts);
    // Not by the function that waits: that one writes less than 2 GiB.
    await writeFile(outputs.neighbours.file("offsets.npy"), encodeNpy(offsets, [offsets.length]));
    await writeFile(outputs.neighbours.file("rows.npy"), encodeNpy(answers.rows, [answers.rows.length]));
    await writeFile(outputs.neighbours.file("distances.npy"), encodeNpy(answers.distances, [answers.distances.length]));
    const all = countCandidates(tree.rows, ends);
    const summary = {
      schema: "cover-tree.query/1" as const,
      traversal: name,
      queries: queries.length,
      neighbours: answers.rows.length,
      evaluations: answers.evaluations,
      pruned_share: all === 0 ? 0 : Math.max(0, 1 - answers.evaluations / all),
    };
    await outputs.summary.write(summary);
    log.info(`${queries.length} queries by ${name}, ${answers.evaluations} distances`);
    metric("queries", queries.length);
    metric("evaluations", answers.evaluations);
    metric("pruned_share", summary.pruned_share);
  },
});

function tooMany(k: number, count: number): StepError {
  return new StepError({
    error: "k-too-large",
    category: "input",
    detail: `${k} neighbours are asked for, of ${count} in the tree.`,
    hint: `Set k to ${count} or less.`,
  });
}
