/**
 * How a build grows with the number of points, in processor time and in distances computed: where the time of a distance rises
 * beside their number, that is the cache of the processor.
 *
 *     node bench/cover-tree/build.ts [--columns 2,3,8,16,64] [--quick]
 */
import { parseArgs } from "node:util";
import { generatePoints } from "../../steps/cover-tree/src/points/generate-points.ts";
import { noPoints } from "../../steps/cover-tree/src/points/join-points.ts";
import { openSpace } from "../../steps/cover-tree/src/space/open-space.ts";
import { buildTree } from "../../steps/cover-tree/src/tree/build-tree.ts";
import { LEAF } from "../../steps/cover-tree/src/tree/cover-tree.ts";
import { median } from "../measure.ts";
import { columns, ratioLine, verdict } from "../report.ts";
import { processorTime } from "./processor-time.ts";
import { euclidean, growth } from "./settings.ts";

const { quick, columns: asked } = parseArgs({
  options: { quick: { type: "boolean", default: false }, columns: { type: "string", default: "2,3,8,16,64" } },
}).values;
const rounds = quick ? 1 : 15;
const share = quick ? 16 : 1;
/** Of which the doubling is to be at most so many times as long; with more columns it is only reported. */
const ATMOST = { columns: 8, growth: 2.3 };

for (const dimension of asked.split(",").map(Number)) {
  const few = dimension > ATMOST.columns ? 10_000 : 16_384;
  const sizes = [few, 2 * few, 4 * few].map((size) => size / share);
  const builds = measured(sizes, dimension);
  const rows = builds.map(({ size, milliseconds, evaluations, nodes }) => [
    `${size} points`,
    `${milliseconds.toFixed(1)} ms`,
    `${(evaluations / size).toFixed(0)} distances a point`,
    `${((milliseconds * 1e6) / evaluations).toFixed(1)} ns each`,
    `${nodes} nodes`,
    dimension === 8 && size === 32_768 ? `at most 1000 ms: ${verdict(milliseconds, 1000)}` : "",
  ]);
  const doublings = builds.slice(1).map((two, at) => {
    const one = builds[at]!;
    const name = `${one.size} to ${two.size}, time (distances ${(two.evaluations / one.evaluations).toFixed(2)}×)`;
    const ratio = two.milliseconds / one.milliseconds;
    return dimension > ATMOST.columns
      ? [name, `${ratio.toFixed(2)}×`, "", "reported"]
      : [...ratioLine(name, ratio, ATMOST.growth)];
  });
  console.log(`Gaussian, ${dimension} columns\n${columns(rows).join("\n")}\n${columns(doublings).join("\n")}\n`);
}

/** Medians of builds after two that warm up, the sizes in turn. */
function measured(sizes: readonly number[], dimension: number) {
  const builds = sizes.map((size) => ({ ...prepared(size, dimension), times: [] as number[] }));
  for (let round = -2; round < rounds; round++) {
    for (const { build, times } of builds) {
      const { milliseconds } = processorTime(build);
      if (round >= 0) times.push(milliseconds);
    }
  }
  return builds.map(({ build, times, size }) => ({
    size,
    ...build(),
    milliseconds: median(times),
  }));
}

function prepared(size: number, dimension: number) {
  const points = generatePoints("normal", size, dimension, 1);
  const rows = Int32Array.from({ length: size }, (_, row) => row);
  const build = () => {
    let evaluations = 0;
    const { space } = openSpace(euclidean, points, noPoints, "points");
    const options = {
      ...growth(),
      onBatch: (batch: { readonly evaluations: number }) => {
        evaluations += batch.evaluations;
      },
    };
    const { levels } = buildTree(space, rows, rows, options);
    return { evaluations, nodes: levels.reduce((count, level) => count + (level === LEAF ? 0 : 1), 0) };
  };
  return { size, build };
}
