/**
 * How a build grows with the number of points, in processor time and in distances computed. How many distances a set of
 * points takes is partly chance, a fifth more or less at a doubling, so that several sets are built and the median of
 * their ratios is judged.
 *
 *     node bench/cover-tree/build.ts [--columns 2,3,8,16,64] [--quick]
 */
import { parseArgs } from "node:util";
import { generatePoints } from "../../steps/cover-tree/src/points/generate-points.ts";
import { noPoints } from "../../steps/cover-tree/src/points/join-points.ts";
import { openSpace } from "../../steps/cover-tree/src/space/open-space.ts";
import { buildTree } from "../../steps/cover-tree/src/tree/build-tree.ts";
import { LEAF } from "../../steps/cover-tree/src/tree/cover-tree.ts";
import { median, summarize } from "../measure.ts";
import { columns, ratioLine, verdict } from "../report.ts";
import { processorTime } from "./processor-time.ts";
import { euclidean, growth } from "./settings.ts";

const { quick, columns: asked } = parseArgs({
  options: { quick: { type: "boolean", default: false }, columns: { type: "string", default: "2,3,8,16,64" } },
}).values;
/** Seeds of the sets of points. */
const SETS = quick ? [1] : [1, 2, 3, 4, 5];
const rounds = quick ? 1 : 9;
const share = quick ? 16 : 1;
/** Of which the doubling is to be at most so many times as long; with more columns it is only reported. */
const ATMOST = { columns: 8, growth: 2.3 };

/** What was measured of the points of one set. */
interface Build {
  readonly milliseconds: number;
  readonly evaluations: number;
  readonly nodes: number;
}

for (const dimension of asked.split(",").map(Number)) {
  const few = dimension > ATMOST.columns ? 10_000 : 16_384;
  const sizes = [few, 2 * few, 4 * few].map((size) => size / share);
  const sets = await measured(sizes, dimension);
  const rows = sizes.map((size, at) => {
    const of = (value: (build: Build) => number) => median(sets.map((builds) => value(builds[at]!)));
    const milliseconds = of((build) => build.milliseconds);
    return [
      `${size} points`,
      `${milliseconds.toFixed(1)} ms`,
      `${of(({ evaluations }) => evaluations / size).toFixed(0)} distances a point`,
      `${of((build) => (build.milliseconds * 1e6) / build.evaluations).toFixed(1)} ns each`,
      `${of(({ nodes }) => nodes).toFixed(0)} nodes`,
      dimension === 8 && size === 32_768 ? `at most 1000 ms: ${verdict(milliseconds, 1000)}` : "",
    ];
  });
  const doublings = sizes.slice(1).flatMap((size, at) => {
    const times = ratios(sets, at, "milliseconds");
    const distances = ratios(sets, at, "evaluations");
    const name = `${sizes[at]} to ${size}, time`;
    const judged =
      dimension > ATMOST.columns
        ? [name, `${median(times).toFixed(2)}×`, "", "reported"]
        : ratioLine(name, median(times), ATMOST.growth);
    return [
      [...judged, spread(times)],
      ["  distances", `${median(distances).toFixed(2)}×`, "", "", spread(distances)],
    ];
  });
  console.log(
    `Gaussian, ${dimension} columns, medians of ${SETS.length} sets\n${columns(rows).join("\n")}\n${columns(doublings).join("\n")}\n`,
  );
}

/** For each set how many times as much the size after the given one takes. */
function ratios(
  sets: readonly (readonly Build[])[],
  at: number,
  of: "milliseconds" | "evaluations",
): readonly number[] {
  return sets.map((builds) => builds[at + 1]![of] / builds[at]![of]);
}

function spread(values: readonly number[]): string {
  const { low, high } = summarize("", values);
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  return `quartiles ${low.toFixed(2)} to ${high.toFixed(2)}, all ${least.toFixed(2)} to ${greatest.toFixed(2)}`;
}

/** For each set its sizes: medians of builds after two that warm up, all sets and sizes in turn. */
async function measured(sizes: readonly number[], dimension: number): Promise<readonly (readonly Build[])[]> {
  const sets = SETS.map((seed) => sizes.map((size) => ({ ...prepared(size, dimension, seed), times: [] as number[] })));
  for (let round = -2; round < rounds; round++) {
    for (const { build, times } of sets.flat()) {
      const { milliseconds } = await processorTime(build);
      if (round >= 0) times.push(milliseconds);
    }
  }
  return Promise.all(
    sets.map((builds) =>
      Promise.all(builds.map(async ({ build, times }) => ({ ...(await build()), milliseconds: median(times) }))),
    ),
  );
}

function prepared(size: number, dimension: number, seed: number) {
  const points = generatePoints("normal", size, dimension, seed);
  const rows = Int32Array.from({ length: size }, (_, row) => row);
  const build = async () => {
    let evaluations = 0;
    const open = openSpace(euclidean, points, noPoints, "points");
    const options = {
      ...growth(),
      onBatch: (batch: { readonly evaluations: number }) => {
        evaluations += batch.evaluations;
      },
    };
    const { levels } = await buildTree(open, rows, rows, options);
    return { evaluations, nodes: levels.reduce((count, level) => count + (level === LEAF ? 0 : 1), 0) };
  };
  return { build };
}
