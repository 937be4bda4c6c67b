import type { Worker } from "node:worker_threads";
import { StepError } from "@orchestrate/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placedPoints, placements } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened, options, upTo } from "../fixtures/opened.ts";
import { histories, treeWithHistory } from "../fixtures/tree-with-history.ts";
import type { Distance } from "../space/distance.ts";
import { buildTree } from "../tree/build-tree.ts";
import type { BuildOptions } from "../tree/insert-options.ts";

const workers: Worker[] = [];
const note = (worker: Worker) => {
  workers.push(worker);
};
beforeEach(() => process.on("worker", note));
afterEach(() => {
  process.off("worker", note);
  // What a thread has that is no more.
  expect(workers.splice(0).filter(({ threadId }) => threadId !== -1).length).toBe(0);
});

/** Options that share whatever can be shared. */
function shared(most: number, changes: Partial<BuildOptions> = {}): BuildOptions {
  return options({ threads: { most, least: 0 }, ...changes });
}

describe("a tree of several threads", () => {
  it.each([
    ...placements.map((placement) => ["euclidean", placement, 3, [1, 2]] as const),
    ["euclidean", "normal", 5, [1, 3, 7]] as const,
    ["angle", "clustered", 4, [1, 2]] as const,
    ["matern52", "normal", 3, [1, 3]] as const,
    ["manhattan", "normal", 3, [1, 3]] as const,
  ])(
    "is that of one, by %s of %s points in %i columns, built, grown and cut",
    async (name, placement, dimension, counts) => {
      const points = placedPoints(placement, 1500, dimension, 5);
      for (const history of histories) {
        const trees = [];
        for (const most of counts) {
          const records: object[] = [];
          const settings = shared(most, { leafSize: 8, onBatch: (record) => records.push(record) });
          const { tree } = await treeWithHistory(history, distances[name]!, points, "random", 5, settings);
          trees.push({ tree, records });
        }
        for (const other of trees) expect(other).toEqual(trees[0]);
      }
      // An insertion and a deletion come after a build; a distance that somebody has written stays in this thread.
      const each = name === "manhattan" ? 0 : counts.reduce((sum, most) => sum + (most > 1 ? most : 0), 0);
      expect(workers).toHaveLength(each * (1 + 2 + 2));
    },
  );

  it("is that of one also where threads share the leaves of one node", async () => {
    const process = {
      kernel: "matern52",
      variance: 1,
      lengthscale: 0.1,
      inducing: 256,
      nugget: 1e-6,
      jitter: 1e-6,
    } as const;
    const distance: Distance = { kind: "residual", name: "residual-correlation", options: {}, process };
    const points = placedPoints("normal", 10_000, 3, 5);
    const [one, two] = [1, 2].map((most) =>
      buildTree(opened(distance, points), upTo(10_000), upTo(10_000), shared(most)),
    );
    expect(await two).toEqual(await one);
  });

  it("takes as many threads as there is memory for", async () => {
    const open = opened(distances.euclidean!, placedPoints("normal", 1500, 3, 5));
    open.memory.part(open.memory.free - 320_000);
    await buildTree(open, upTo(1500), upTo(1500), shared(7));
    expect(workers).toHaveLength(3);
    await buildTree(open, upTo(1500), upTo(1500), shared(7));
    expect(workers).toHaveLength(3);
  });

  it("is not begun by several threads where there is too little to do", async () => {
    const open = opened(distances.euclidean!, placedPoints("normal", 1500, 3, 5));
    await buildTree(open, upTo(1500), upTo(1500), options({ threads: { most: 4, least: 4501 } }));
    expect(workers).toEqual([]);
  });

  it("is not finished where a thread fails, and says so", async () => {
    const open = opened(distances.euclidean!, placedPoints("normal", 1500, 3, 5));
    const onBatch = ({ index }: { readonly index: number }) => {
      if (index === 8) void workers[1]!.terminate();
    };
    const failed = buildTree(open, upTo(1500), upTo(1500), shared(3, { onBatch }));
    const error = await failed.then(
      () => expect.unreachable(),
      (reason: unknown) => reason,
    );
    if (!(error instanceof StepError)) throw error;
    expect(error.toEnvelope()).toMatchObject({ error: "thread-failed", detail: "A thread ended with status 1." });
  });

  it.each([1, 3])("is not finished where it is called off, by %i", async (most) => {
    const abort = new AbortController();
    const reason = new Error("called off");
    const open = opened(distances.euclidean!, placedPoints("normal", 1500, 3, 5));
    const batches: number[] = [];
    const onBatch = ({ index }: { readonly index: number }) => {
      batches.push(index);
      if (index === 8) abort.abort(reason);
    };
    const ended = buildTree(open, upTo(1500), upTo(1500), shared(most, { onBatch, signal: abort.signal }));
    await expect(ended).rejects.toBe(reason);
    expect(batches).toHaveLength(9);
  });
});
