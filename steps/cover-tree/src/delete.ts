import { defineStep, json, StepError, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { Conflicts, Distances } from "./contract.ts";
import { encodeTree } from "./file/encode-tree.ts";
import { readTree } from "./file/read-tree.ts";
import { treeArtifact } from "./file/tree-artifact.ts";
import { positionsOf } from "./points/positions-of.ts";
import { takeRows } from "./points/take-rows.ts";
import { prepareInsertion } from "./prepare-insertion.ts";
import { ChangeModel } from "./runtime/runtime-model.ts";
import { Threads, threadsOf } from "./runtime/threads.ts";
import { chooseDistance } from "./space/choose-distance.ts";
import { openSpace } from "./space/open-space.ts";
import { warnOfDoubt } from "./space/warn-of-doubt.ts";
import { telemetryArtifact } from "./telemetry/telemetry-record.ts";
import { deletePoints, detachedBy, stayingOf } from "./tree/delete-points.ts";

const row = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

const Summary = z.strictObject({
  schema: z.literal("cover-tree.deletion/1"),
  removed: count,
  /** Points that stood below a removed one, and were put into the tree anew. */
  reattached: count,
  /** Whether the root was among those that were removed. */
  new_root: z.boolean(),
});

export default defineStep({
  summary: "Takes rows out of a cover tree; what stood below them is put in anew.",
  config: z.strictObject({
    ...ChangeModel.shape,
    threads: Threads,
    /** Which, if the input `rows` does not say it. */
    rows: z.array(row).default([]),
  }),
  inputs: { tree: treeArtifact, rows: json("rows.json", z.array(row), { kind: "*" }).optional() },
  outputs: {
    tree: treeArtifact,
    summary: json("summary.json", Summary, { kind: "cover-tree/deletion" }),
    telemetry: telemetryArtifact,
  },
  services: { distances: Distances, conflicts: Conflicts },
  code: codeFiles,
  seeds: ["mis", "batch_order", "inducing"],
  async run({ config, inputs, outputs, services, seeds, resources, log, progress, metric, signal }) {
    const { rows, threads, ...runtime } = config;
    const stored = readTree(inputs.tree.path);
    const removed = removedPositions(stored.tree.rows, [...rows, ...((await inputs.rows?.read()) ?? [])]);
    const stay = stayingOf(removed);
    const points = takeRows(stored.points, stay);
    const kept = stay.map((position) => stored.tree.rows[position]!);
    const distance = chooseDistance(services.distances, points, (message) => log.warn(message), stored.distance);
    const open = openSpace(distance, points, stored.inducing, "the tree", kept);
    warnOfDoubt(open.space, log);
    const context = {
      step: "delete",
      config: { ...runtime, base: stored.tree.base },
      seeds,
      services,
      log,
      threads: threadsOf(threads, resources),
      progress,
      signal,
    } as const;
    const coming = detachedBy(stored.tree, removed).reduce((sum, detached) => sum + detached, 0);
    const prepared = prepareInsertion(context, distance, open.space, points.count - coming, coming);

    const { tree, reattached, newRoot } = await deletePoints(stored.tree, open, removed, prepared.options);

    prepared.batches.finish();
    for (const record of prepared.batches.records) await outputs.telemetry.append(record);
    const leafSize = Math.max(stored.leafSize, runtime.leafSize);
    await outputs.tree.write(encodeTree({ ...stored, points, tree, leafSize, runHash: prepared.runHash }));
    const gone = removed.length - points.count;
    await outputs.summary.write({ schema: "cover-tree.deletion/1", removed: gone, reattached, new_root: newRoot });
    metric("points", points.count);
    metric("removed", gone);
    metric("reattached", reattached);
  },
});

/** 1 for each position that goes. */
function removedPositions(rows: Int32Array, unwanted: readonly number[]): Uint8Array {
  const removed = new Uint8Array(rows.length);
  for (const position of positionsOf(rows, unwanted, "to delete")) removed[position] = 1;
  if (removed.every((gone) => gone === 1)) {
    throw new StepError({
      error: "tree-emptied",
      category: "input",
      detail: "All points of the tree would be deleted.",
      hint: "Keep at least one point.",
    });
  }
  return removed;
}
