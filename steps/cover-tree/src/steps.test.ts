import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeConformance, FakeClock, runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import benchmark from "./benchmark.ts";
import build from "./build.ts";
import deleteStep from "./delete.ts";
import { readTree } from "./file/read-tree.ts";
import { distances as known } from "./fixtures/distances.ts";
import insert from "./insert.ts";
import { decodeNpy } from "./npy/decode-npy.ts";
import pointsStep from "./points.ts";
import { automaticTraversals, onlyTraversal } from "./query/built-in-traversals.ts";
import query from "./query.ts";
import { onlyDistance } from "./space/only-distance.ts";
import { automaticConflicts } from "./tree/built-in-conflicts.ts";
import validate from "./validate.ts";

const distances = onlyDistance(known.euclidean!);
const services = { distances, conflicts: automaticConflicts() };
const searching = { distances, traversals: automaticTraversals() };

async function points(config: object) {
  return runStep(pointsStep, { config: { count: 300, dimension: 3, ...config } });
}

describe("the steps of the family", () => {
  it("conform, each on what the one before it wrote", async () => {
    await describeConformance(pointsStep, { config: { count: 100, dimension: 2, shape: "clustered" } });
    using made = await points({});
    const inputs = { points: { path: made.outputs.points.path } };
    await describeConformance(build, { services, inputs });
    using built = await runStep(build, { services, inputs });
    const tree = { path: built.outputs.tree.path };
    await describeConformance(query, { config: { k: 4 }, services: searching, inputs: { tree } });
    await describeConformance(insert, { services, inputs: { tree, ...inputs } });
    await describeConformance(deleteStep, { config: { rows: [3, 299] }, services, inputs: { tree } });
    await describeConformance(validate, { services: { distances }, inputs: { tree } });
    await describeConformance(benchmark, { config: { queries: 20 }, services: { distances }, inputs: { tree } });
  });

  it("join the threads they start, and find the same with any number of them", async () => {
    using made = await points({ count: 700 });
    using built = await runStep(build, { services, inputs: { points: { path: made.outputs.points.path } } });
    const tree = { path: built.outputs.tree.path };
    const digests = [];
    for (const traversal of ["automatic", "tree", "scan"] as const) {
      const traversals = traversal === "automatic" ? automaticTraversals() : onlyTraversal(traversal);
      for (const threads of [1, 2, 3]) {
        using found = await runStep(query, {
          config: { k: 5, predecessor: true, threads },
          services: { distances, traversals },
          inputs: { tree },
        });
        expect(found.error).toBeUndefined();
        digests.push(found.outputs.neighbours.digest);
      }
    }
    expect(new Set(digests).size).toBe(1);
    await describeConformance(query, { config: { k: 5, threads: 2 }, services: searching, inputs: { tree } });
  });

  it("time every way by the clock that never goes back, to parts of a millisecond", async () => {
    using made = await points({});
    using built = await runStep(build, { services, inputs: { points: { path: made.outputs.points.path } } });
    const inputs = { tree: { path: built.outputs.tree.path } };
    let looks = 0;
    const clock = Object.assign(new FakeClock(), { monotonic: () => ++looks / 4 });
    using timed = await runStep(benchmark, { config: { queries: 20 }, services: { distances, clock }, inputs });
    expect(timed.error).toBeUndefined();
    const { rows } = timed.outputs.report.json() as { rows: object[] };
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row).toMatchObject({ milliseconds: 0.25, queries_per_second: 80_000, recall: 1 });
  });

  it("take points so near to each other that squares vanish", async () => {
    using built = await runStep(build, { services, inputs: { points: { text: "1e-161\n3e-161\n-2e-161\n0\n" } } });
    expect(built.error).toBeUndefined();
    using valid = await runStep(validate, {
      services: { distances },
      inputs: { tree: { path: built.outputs.tree.path } },
    });
    expect(valid.error).toBeUndefined();
  });

  it("find the rows of a tree that has grown and shrunk by their own numbers", async () => {
    using first = await runStep(build, { services, inputs: { points: { text: "0\n1\n2\n3\n" } } });
    using grown = await runStep(insert, {
      services,
      inputs: { tree: { path: first.outputs.tree.path }, points: { text: "2.25\n10\n" } },
    });
    using shrunk = await runStep(deleteStep, {
      services,
      inputs: { tree: { path: grown.outputs.tree.path }, rows: { json: [2, 0] } },
    });
    expect(shrunk.outputs.summary.json()).toMatchObject({ removed: 2 });
    using again = await runStep(insert, {
      services,
      inputs: { tree: { path: shrunk.outputs.tree.path }, points: { text: "2\n" } },
    });
    using found = await runStep(query, {
      config: { k: 3 },
      services: searching,
      inputs: { tree: { path: again.outputs.tree.path }, queries: { text: "2\n" } },
    });
    expect(matrix(found.outputs.neighbours.path, "rows")).toEqual([6, 4, 1]);
    expect(matrix(found.outputs.neighbours.path, "distances")).toEqual([0, 0.25, 1]);
    expect(matrix(found.outputs.neighbours.path, "offsets")).toEqual([0, 3]);
  });

  it("count the points of the tree after each batch, also where a deletion puts some in anew", async () => {
    using made = await points({ count: 60 });
    using built = await runStep(build, { services, inputs: { points: { path: made.outputs.points.path } } });
    const { parents, rows } = readTree(built.outputs.tree.path).tree;
    const root = rows[parents.indexOf(-1)]!;
    using shrunk = await runStep(deleteStep, {
      config: { rows: [root], leafSize: 40 },
      services,
      inputs: { tree: { path: built.outputs.tree.path } },
    });
    expect(shrunk.outputs.summary.json()).toMatchObject({ removed: 1, reattached: 59, new_root: true });
    const counts = (shrunk.outputs.telemetry.rows() as { points: number; batch_size: number }[]).map(
      ({ points: count, batch_size: size }) => ({ count, size }),
    );
    expect(counts[0]).toEqual({ count: 1, size: 1 });
    expect(counts.at(-1)!.count).toBe(59);
    expect(counts.reduce((sum, { size }) => sum + size, 0)).toBe(59);
    expect(readTree(shrunk.outputs.tree.path).leafSize).toBe(40);
    expect(shrunk.log.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^59 points, \d+ batches, /));
  });

  it("find all rows before a row where more neighbours are asked for than any list could hold", async () => {
    using built = await runStep(build, { services, inputs: { points: { text: "0\n4\n1\n" } } });
    using found = await runStep(query, {
      config: { k: Number.MAX_SAFE_INTEGER, predecessor: true },
      services: searching,
      inputs: { tree: { path: built.outputs.tree.path } },
    });
    expect(found.error).toBeUndefined();
    expect(matrix(found.outputs.neighbours.path, "rows")).toEqual([0, 0, 1]);
  });
});

function matrix(directory: string, name: string): readonly number[] {
  return [...decodeNpy(readFileSync(join(directory, `${name}.npy`)), name).values];
}

describe("a distance that somebody else has written", () => {
  it("serves every step, as a metric by the tree and otherwise by a scan", async () => {
    using made = await points({ count: 200 });
    for (const [name, traversal] of [
      ["manhattan", "tree"],
      ["squared", "scan"],
    ] as const) {
      const registry = onlyDistance(known[name]!);
      using built = await runStep(build, {
        services: { ...services, distances: registry },
        inputs: { points: { path: made.outputs.points.path } },
      });
      const tree = { path: built.outputs.tree.path };
      using found = await runStep(query, {
        config: { k: 3, threads: 2 },
        services: { ...searching, distances: registry },
        inputs: { tree },
      });
      expect(found.outputs.summary.json()).toMatchObject({ traversal, neighbours: 600 });
      using valid = await runStep(validate, { services: { distances: registry }, inputs: { tree } });
      expect(valid.error).toBeUndefined();
    }
  });
});
