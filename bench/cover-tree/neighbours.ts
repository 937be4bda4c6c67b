/**
 * Exact nearest neighbours beside scipy and scikit-learn, one thread each, in processor time:
 *
 *     node bench/cover-tree/neighbours.ts [--quick]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { encodeNpy } from "../../steps/cover-tree/src/npy/encode-npy.ts";
import { generatePoints } from "../../steps/cover-tree/src/points/generate-points.ts";
import { joinPoints, noPoints } from "../../steps/cover-tree/src/points/join-points.ts";
import { type Answers, answersOf } from "../../steps/cover-tree/src/query/answers.ts";
import { automaticTraversals } from "../../steps/cover-tree/src/query/built-in-traversals.ts";
import { openSearch } from "../../steps/cover-tree/src/query/search-plan.ts";
import { selectQueries } from "../../steps/cover-tree/src/query/select-queries.ts";
import { traversalContext } from "../../steps/cover-tree/src/query/traversal-context.ts";
import { openSpace } from "../../steps/cover-tree/src/space/open-space.ts";
import { buildTree } from "../../steps/cover-tree/src/tree/build-tree.ts";
import { median } from "../measure.ts";
import { columns, verdict } from "../report.ts";
import { processorTime } from "./processor-time.ts";
import { euclidean, growth } from "./settings.ts";

/** What Debian's packages python3-scipy and python3-sklearn belong to. */
const PYTHON = "/usr/bin/python3";

interface Times {
  readonly build: number;
  readonly query: number;
}
interface Peer extends Times {
  readonly last: number;
  readonly row: number;
}

const { quick } = parseArgs({ options: { quick: { type: "boolean", default: false } } }).values;
const rounds = quick ? 1 : 5;
const share = quick ? 8 : 1;

await compare("Gaussian, 8 columns, k = 8", 32_768 / share, 8, 8, { cKDTree: 1 });
await compare("Gaussian, 64 columns, k = 10", 10_000 / share, 64, 10, { cKDTree: 5, "sklearn brute": 0.5 });

async function compare(
  title: string,
  count: number,
  dimension: number,
  k: number,
  atLeast: Readonly<Record<string, number>>,
) {
  const directory = mkdtempSync(join(tmpdir(), "cover-tree-"));
  const points = generatePoints("normal", count, dimension, 1);
  const queries = generatePoints("normal", 2048 / share, dimension, 2);
  const files = [points, queries].map((set, index) => {
    const file = join(directory, `${index}.npy`);
    writeFileSync(file, encodeNpy(set.values, [set.count, set.dimension]));
    return file;
  });
  const ours: Times[] = [];
  const peers: Record<string, Peer>[] = [];
  let found: Answers | undefined;
  let traversal = "";
  for (let round = 0; round <= rounds; round++) {
    const [times, answers, name] = await ourTimes(points, queries, k);
    const others = peerTimes([...files, String(k)]);
    found = answers;
    traversal = name;
    // The first round warms both sides up.
    if (round > 0 || quick) {
      ours.push(times);
      peers.push(others);
    }
  }
  rmSync(directory, { recursive: true });
  const names = Object.keys(peers[0]!);
  for (const name of ["cKDTree", "BallTree", "sklearn brute"]) {
    if (!names.includes(name)) console.log(`${name} is not installed, and left out.`);
  }
  for (const name of names) checkAgreement(found!, peers[0]![name]!, name);
  const us = { build: median(ours.map(({ build }) => build)), query: median(ours.map(({ query }) => query)) };
  const rate = (query: number) => `${((queries.count * 1000) / query).toFixed(0)}/s`;
  const perQuery = found!.evaluations / queries.count;
  console.log(`${count} points, ${title}, ${queries.count} queries, one thread, processor time`);
  const rows = [
    [
      `ours (${traversal})`,
      `build ${us.build.toFixed(0)} ms`,
      rate(us.query),
      `${perQuery.toFixed(0)} distances a query`,
      `${(100 - (100 * perQuery) / count).toFixed(1)} % pruned`,
      "",
    ],
  ];
  for (const name of names) {
    const query = median(peers.map((each) => each[name]!.query));
    const build = median(peers.map((each) => each[name]!.build));
    const least = atLeast[name];
    const ratio = query / us.query;
    const told = least === undefined ? "" : `at least ${least}×: ${verdict(least / ratio, 1)}`;
    rows.push([name, `build ${build.toFixed(0)} ms`, rate(query), `ours ${ratio.toFixed(2)}× as fast`, told, ""]);
  }
  console.log(columns(rows).join("\n"), "\n");
}

/** Build of the tree, and queries with the layout that they need. */
async function ourTimes(
  points: ReturnType<typeof generatePoints>,
  queries: typeof points,
  k: number,
): Promise<[Times, Answers, string]> {
  const rows = Int32Array.from({ length: points.count }, (_, row) => row);
  const build = await processorTime(() => {
    const open = openSpace(euclidean, points, noPoints, "points");
    return buildTree(open, rows, rows, growth());
  });
  const open = openSpace(euclidean, joinPoints(points, queries, "queries"), noPoints, "points");
  const ask = { kind: "nearest", k } as const;
  const { queries: places, ends } = selectQueries(rows, queries.count, false, undefined);
  const context = traversalContext(open, build.result, ask, places, ends);
  const { name, made } = automaticTraversals().select(context, console.log);
  const search = openSearch(open.memory, open.kernels, made, ask);
  const query = await processorTime(() => answersOf(search, places, ends));
  return [{ build: build.milliseconds, query: query.milliseconds }, query.result, name];
}

function peerTimes(words: readonly string[]): Record<string, Peer> {
  const script = fileURLToPath(new URL("peers.py", import.meta.url));
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1" };
  const { status, stdout } = spawnSync(PYTHON, [script, ...words], { encoding: "utf8", env });
  return status === 0 ? JSON.parse(stdout) : {};
}

/** The last neighbour of the last query must be the same. */
function checkAgreement({ rows, distances }: Answers, { row, last }: Peer, name: string) {
  if (rows.at(-1) !== row || Math.abs(distances.at(-1)! - last) > 1e-12 * last) {
    throw new Error(`${name} finds row ${row} at ${last}, and ours row ${rows.at(-1)} at ${distances.at(-1)}`);
  }
}
