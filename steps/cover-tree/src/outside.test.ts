import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placedPoints } from "./fixtures/arbitrary-points.ts";
import { distances } from "./fixtures/distances.ts";
import { opened, options, upTo } from "./fixtures/opened.ts";
import { encodeNpy } from "./npy/encode-npy.ts";
import { joinPoints } from "./points/join-points.ts";
import { answersOf } from "./query/answers.ts";
import { automaticTraversals } from "./query/built-in-traversals.ts";
import { openSearch } from "./query/search-plan.ts";
import { selectQueries } from "./query/select-queries.ts";
import { traversalContext } from "./query/traversal-context.ts";
import { buildTree } from "./tree/build-tree.ts";

/** Debian's, for which the packages python3-scipy and python3-sklearn are. */
const PYTHON = "/usr/bin/python3";
const hasPeers = spawnSync(PYTHON, ["-c", "import scipy.spatial, sklearn.neighbors"]).status === 0;
let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "outside-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.skipIf(!hasPeers)("scipy and scikit-learn (Debian's python3-scipy and python3-sklearn)", () => {
  it.each([
    [1000, 8, 8],
    [700, 64, 10],
    [500, 3, 500],
    [300, 2, 5],
  ])("agree within 1e-12 on %i points in %i columns, k = %i", async (count, dimension, k) => {
    const points = placedPoints("normal", count, dimension, 1);
    const queries = placedPoints("normal", 40, dimension, 2);
    const peers = outside(points, queries, k);
    const ours = await found("euclidean", points, queries, k);
    for (const name of ["cKDTree", "BallTree", "brute"]) expectClose(ours, peers[name]!, 1e-12, 0);
    // One less a product is rounded at 1, ours is not.
    const half = (await found("chord", points, queries, k)).map((chord) => (chord * chord) / 2);
    expectClose(half, peers.cosine!, 1e-12, 1e-14);
    if (dimension > 2) expectClose(await found("pearson", points, queries, k), peers.correlation!, 1e-12, 1e-14);
  });
});

async function found(
  name: string,
  points: ReturnType<typeof placedPoints>,
  queries: typeof points,
  k: number,
): Promise<number[]> {
  const open = opened(distances[name]!, joinPoints(points, queries, "queries"), points);
  const rows = upTo(points.count);
  const tree = await buildTree({ ...open, space: { ...open.space, count: points.count } }, rows, rows, options());
  const chosen = selectQueries(rows, queries.count, false, undefined);
  const context = traversalContext(open, tree, { kind: "nearest", k }, chosen.queries, chosen.ends);
  const { made } = automaticTraversals().select(context, () => {});
  return [
    ...answersOf(openSearch(open.memory, open.kernels, made, context.ask), chosen.queries, chosen.ends).distances,
  ];
}

function outside(points: ReturnType<typeof placedPoints>, queries: typeof points, k: number): Record<string, number[]> {
  const files = [points, queries].map(({ values, count, dimension }, index) => {
    const file = join(directory, `${index}.npy`);
    writeFileSync(file, encodeNpy(values, [count, dimension]));
    return file;
  });
  const script = fileURLToPath(new URL("fixtures/outside.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync(PYTHON, [script, ...files, String(k)], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  const read = JSON.parse(stdout) as Record<string, number[][]>;
  return Object.fromEntries(Object.entries(read).map(([name, rows]) => [name, rows.flat()]));
}

function expectClose(ours: readonly number[], theirs: readonly number[], relative: number, absolute: number): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [index, distance] of ours.entries()) {
    expect(Math.abs(distance - theirs[index]!)).toBeLessThanOrEqual(relative * distance + absolute);
  }
}
