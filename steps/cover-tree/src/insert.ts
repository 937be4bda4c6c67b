import { defineStep, file, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { Conflicts, Distances } from "./contract.ts";
import { encodeTree } from "./file/encode-tree.ts";
import { treeArtifact } from "./file/tree-artifact.ts";
import { openTree } from "./open-tree.ts";
import { batchOrder } from "./order/batch-order.ts";
import { PointFormat, readPoints } from "./points/read-points.ts";
import { prepareInsertion } from "./prepare-insertion.ts";
import { ChangeModel } from "./runtime/runtime-model.ts";
import { Threads, threadsOf } from "./runtime/threads.ts";
import { telemetryArtifact } from "./telemetry/telemetry-record.ts";
import { finishedTree } from "./tree/finished-tree.ts";
import { insertPoints } from "./tree/insert-points.ts";
import { restoreGrowth } from "./tree/restore-growth.ts";

export default defineStep({
  summary: "Puts more points into a cover tree; their rows follow those that were ever in it.",
  config: z.strictObject({ ...ChangeModel.shape, format: PointFormat, threads: Threads }),
  inputs: { tree: treeArtifact, points: file("*") },
  outputs: { tree: treeArtifact, telemetry: telemetryArtifact },
  services: { distances: Distances, conflicts: Conflicts },
  code: codeFiles,
  seeds: ["mis", "batch_order", "inducing"],
  async run({ config, inputs, outputs, services, seeds, resources, log, progress, metric, signal }) {
    const { format, threads, ...runtime } = config;
    const added = await readPoints(inputs.points.path, format, "points");
    const { stored, distance, points, open } = openTree(inputs.tree.path, services.distances, added, "points", log);
    const before = stored.points.count;
    const context = {
      step: "insert",
      config: { ...runtime, base: stored.tree.base },
      seeds,
      services,
      log,
      threads: threadsOf(threads, resources),
      progress,
      signal,
    } as const;
    const prepared = prepareInsertion(context, distance, open.space, before, added.count);

    const growth = restoreGrowth(open, stored.tree, prepared.options);
    const order = batchOrder(runtime.batchOrder, points, before, prepared.seeds.batch_order);
    await insertPoints(growth, order, prepared.options);
    const rows = new Int32Array(points.count);
    rows.set(stored.tree.rows);
    for (let position = before; position < points.count; position++)
      rows[position] = stored.nextRow + position - before;
    const tree = finishedTree(growth, rows);

    prepared.batches.finish();
    for (const record of prepared.batches.records) await outputs.telemetry.append(record);
    const nextRow = stored.nextRow + added.count;
    const leafSize = Math.max(stored.leafSize, runtime.leafSize);
    await outputs.tree.write(encodeTree({ ...stored, points, tree, nextRow, leafSize, runHash: prepared.runHash }));
    metric("points", points.count);
    metric("added", added.count);
  },
});
