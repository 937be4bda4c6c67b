import { defineStep, file, z } from "@orchestrate/sdk";
import { codeFiles } from "./code-files.ts";
import { Conflicts, Distances } from "./contract.ts";
import { encodeTree } from "./file/encode-tree.ts";
import { treeArtifact } from "./file/tree-artifact.ts";
import { batchOrder } from "./order/batch-order.ts";
import { noPoints } from "./points/join-points.ts";
import { PointFormat, readPoints } from "./points/read-points.ts";
import { prepareInsertion } from "./prepare-insertion.ts";
import { chooseInducing } from "./residual/choose-inducing.ts";
import { RuntimeModel } from "./runtime/runtime-model.ts";
import { resolveSeeds } from "./runtime/seed-pack.ts";
import { Threads, threadsOf } from "./runtime/threads.ts";
import { checkMetric } from "./space/check-metric.ts";
import { chooseDistance } from "./space/choose-distance.ts";
import { openSpace } from "./space/open-space.ts";
import { warnOfDoubt } from "./space/warn-of-doubt.ts";
import { telemetryArtifact } from "./telemetry/telemetry-record.ts";
import { buildTree } from "./tree/build-tree.ts";
import { LEAF } from "./tree/cover-tree.ts";

export default defineStep({
  summary: "Builds a cover tree of points from NumPy, CSV or Parquet.",
  config: z.strictObject({ ...RuntimeModel.shape, format: PointFormat, threads: Threads }),
  inputs: { points: file("*") },
  outputs: { tree: treeArtifact, telemetry: telemetryArtifact },
  services: { distances: Distances, conflicts: Conflicts },
  code: codeFiles,
  seeds: ["mis", "batch_order", "inducing"],
  async run({ config, inputs, outputs, services, seeds, resources, log, progress, metric, signal }) {
    const { format, threads: asked, ...runtime } = config;
    const points = await readPoints(inputs.points.path, format, "points");
    const distance = chooseDistance(services.distances, points, (message) => log.warn(message));
    const { inducing: chance } = resolveSeeds(runtime.seeds, seeds);
    const inducing =
      distance.kind === "residual" ? chooseInducing(points, distance.process.inducing, chance) : noPoints;
    const open = openSpace(distance, points, inducing, "points");
    const { space } = open;
    warnOfDoubt(space, log);
    if (space.kind === "function" && space.metric) checkMetric(space, distance.name, seeds.mis);

    const threads = threadsOf(asked, resources);
    const context = { step: "build", config: runtime, seeds, services, log, threads, progress, signal } as const;
    const growth = prepareInsertion(context, distance, space, 0, points.count);
    const rows = Int32Array.from({ length: points.count }, (_, row) => row);
    const order = batchOrder(runtime.batchOrder, points, 0, growth.seeds.batch_order);
    const tree = await buildTree(open, rows, order, growth.options);

    growth.batches.finish();
    for (const record of growth.batches.records) await outputs.telemetry.append(record);
    const { name, options } = distance;
    await outputs.tree.write(
      encodeTree({
        points,
        tree,
        inducing,
        distance: { name, options },
        nextRow: points.count,
        leafSize: runtime.leafSize,
        runHash: growth.runHash,
      }),
    );
    metric("points", points.count);
    metric(
      "nodes",
      tree.levels.reduce((count, level) => count + (level === LEAF ? 0 : 1), 0),
    );
  },
});
