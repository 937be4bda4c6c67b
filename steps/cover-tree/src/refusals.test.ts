import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import build from "./build.ts";
import { StrategyRegistry } from "./contract.ts";
import deleteStep from "./delete.ts";
import { encodeTree } from "./file/encode-tree.ts";
import { readTree } from "./file/read-tree.ts";
import { distances } from "./fixtures/distances.ts";
import insert from "./insert.ts";
import { KernelMemory } from "./kernels/kernel-memory.ts";
import { loadKernels } from "./kernels/kernels.ts";
import { encodeNpy } from "./npy/encode-npy.ts";
import { noPoints } from "./points/join-points.ts";
import drawPoints from "./points.ts";
import { automaticTraversals, onlyTraversal } from "./query/built-in-traversals.ts";
import query from "./query.ts";
import { cholesky } from "./residual/cholesky.ts";
import { computeResiduals } from "./residual/compute-residuals.ts";
import { ResidualOptions } from "./residual/residual-options.ts";
import { onlyDistance } from "./space/only-distance.ts";
import { openSpace } from "./space/open-space.ts";
import { rowName } from "./space/row-name.ts";
import { automaticConflicts } from "./tree/built-in-conflicts.ts";
import validate from "./validate.ts";

const directory = mkdtempSync(join(tmpdir(), "cover-tree-"));
const tree = { path: join(directory, "tree.ct") };
const euclidean = onlyDistance(distances.euclidean!);
const growing = { distances: euclidean, conflicts: automaticConflicts() };
const searching = { distances: euclidean, traversals: automaticTraversals() };

beforeAll(async () => {
  using built = await runStep(build, { services: growing, inputs: { points: { text: "0,0\n1,0\n0,2\n3,3\n" } } });
  writeFileSync(tree.path, built.outputs.tree.bytes());
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What a run of a step was refused with. */
async function refusal(run: Promise<{ readonly error: unknown; dispose(): void }>) {
  const result = await run;
  result.dispose();
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

const built = (points: { readonly text: string } | { readonly bytes: Uint8Array }, distance = euclidean) =>
  refusal(runStep(build, { services: { ...growing, distances: distance }, inputs: { points } }));

describe("points", () => {
  it.each([
    ["1,2\n3\n", "csv-malformed", "points, line 2, has 1 column, and the lines before have 2."],
    ["1 2\n3 4\n", "csv-malformed", 'points, line 1, column 1, is "1 2", which is no number.'],
    ["1.5e+00 2.5e+00\n", "csv-malformed", 'points, line 1, column 1, is "1.5e+00 2.5e+00", which is no number.'],
    ["[[1,2],[3,4]]\n", "csv-malformed", 'points, line 1, column 1, is "[[1", which is no number.'],
    ['"a,1,2,3\n1,2\n', "csv-malformed", "points, line 2, has 2 columns, and the lines before have 1."],
    ["nan,NA\n1,2\n", "csv-malformed", 'points, line 1, column 1, is "nan", which is no number.'],
    ["1,2\n3,x\n", "csv-malformed", 'points, line 2, column 2, is "x", which is no number.'],
    ["1,2\n3,\n", "csv-malformed", 'points, line 2, column 2, is "", which is no number.'],
    // A tab at the end stands before an empty cell.
    ["1\t2\n3\t \n\n", "csv-malformed", 'points, line 2, column 2, is "", which is no number.'],
    ["-inf\n1\n", "csv-malformed", 'points, line 1, column 1, is "-inf", which is no number.'],
    ["1,2\n0x10,3\n", "csv-malformed", 'points, line 2, column 1, is "0x10", which is no number.'],
    ["x,y,z\n1,2\n", "csv-malformed", "points, line 2, has 2 columns, and the lines before have 3."],
    ["1\n\n3\n", "csv-malformed", 'points, line 2, column 1, is "", which is no number.'],
    ['1;2\n"3;4";5\n', "csv-malformed", 'points, line 2, column 1, is "3;4", which is no number.'],
    ["", "points-empty", "points has 0 rows of 0 numbers."],
    ["x,y\n", "points-empty", "points has 0 rows of 0 numbers."],
    ["1,2\n3,Infinity\n", "points-not-finite", "points holds Infinity at row 1, column 1."],
    ["1\n2e200\n", "points-too-large", "points holds 2e+200 at row 1, column 0."],
  ])("%j are refused", async (text, error, detail) => {
    expect(await built({ text })).toMatchObject({ error, category: "input", detail });
  });

  it("that are not numbers are refused by name", async () => {
    const bytes = encodeNpy(Float64Array.of(1, 2, Number.NaN, 4), [2, 2]);
    expect(await built({ bytes })).toEqual({
      error: "points-not-finite",
      category: "input",
      detail: "points holds NaN at row 1, column 0.",
      hint: "Remove or fill in rows with missing values before they are used.",
    });
  });

  it("in no known format, or in a file that ends too soon, are refused", async () => {
    expect(await built({ bytes: Uint8Array.of(1, 0, 2) })).toMatchObject({
      error: "points-unknown-format",
      detail: "points is neither NumPy, Parquet nor text.",
    });
    const bytes = encodeNpy(Float64Array.of(1, 2), [2, 1]);
    expect(await built({ bytes: bytes.subarray(0, bytes.length - 1) })).toMatchObject({
      error: "npy-malformed",
      detail: "points is no NumPy file that can be read: 15 bytes follow the header, and 2 × 1 numbers take 16.",
    });
    expect(await built({ bytes: Buffer.from("PAR1 and no more") })).toMatchObject({ error: "parquet-malformed" });
  });

  it("are not drawn where there would be more than can be read", () => {
    const { config } = drawPoints.definition;
    expect(config.safeParse({ count: 2_500_000, dimension: 100 }).success).toBe(true);
    expect(config.safeParse({ count: 2_500_001, dimension: 100 }).error?.message).toContain(
      "count times dimension must be at most 250000000: what is greater can't be read",
    );
  });

  it("that take more than can be addressed are refused", () => {
    const points = { count: 1, dimension: 1, values: Float64Array.of(1) };
    const { memory } = openSpace(distances.euclidean!, points, noPoints, "points");
    expect(() => memory.doubles(2 ** 29)).toThrow(StepError);
    expect(() => memory.doubles(2 ** 29)).toThrow(
      "The points and what is computed of them take more than the 4294901760 bytes that the inner loops can address.",
    );
  });

  it("without a direction are refused by the distances that need one", async () => {
    expect(await built({ text: "1,2\n0,0\n" }, onlyDistance(distances.angle!))).toMatchObject({
      error: "row-zero",
      detail: "row 1 of points is zero, and the cosine distance to it is not defined.",
    });
    expect(await built({ text: "1,2\n3,3\n" }, onlyDistance(distances.pearson!))).toMatchObject({
      error: "row-constant",
      detail: "row 1 of points is constant, and the Pearson distance to it is not defined.",
    });
  });
});

describe("distances", () => {
  it("that are declared metrics and are none are refused, with the points that show it", async () => {
    const text = Array.from({ length: 40 }, (_, row) => `${row}\n`).join("");
    const squared = { ...distances.squared!, metric: true } as typeof distances.squared & { metric: boolean };
    expect(await built({ text }, onlyDistance(squared!))).toMatchObject({
      error: "distance-not-metric",
      category: "invariant",
      detail: expect.stringMatching(
        /^The distance "squared" is declared a metric and is none: rows \d+ and \d+ lie \d+ apart, and \d+ by way of row \d+\.$/,
      ),
    });
  });

  it("that give no number are refused", async () => {
    const broken = { ...distances.manhattan!, between: () => Number.NaN } as NonNullable<typeof distances.manhattan>;
    expect(await built({ text: "1\n2\n3\n" }, onlyDistance(broken))).toMatchObject({
      error: "distance-not-a-number",
      detail: expect.stringMatching(/^The distance "manhattan" gives NaN for row \d of points and row \d of points\.$/),
    });
  });

  it.each([
    ["a text", "0.5", "gives 0.5 for"],
    ["a BigInt", 1n, "gives 1 for"],
    ["a promise", Promise.resolve(1), "gives [object Promise] for"],
  ])("that give %s are refused", async (_, value, words) => {
    const broken = Object.assign({}, distances.manhattan!, { between: () => value });
    expect(await built({ text: "1\n2\n" }, onlyDistance(broken))).toMatchObject({
      error: "distance-not-a-number",
      detail: expect.stringContaining(words),
      hint: "A distance must be a number that is not below 0.",
    });
  });

  it("of a process need as many lengthscales as there are columns, and something left to correlate", async () => {
    const residual = (options: object) => {
      const process = ResidualOptions.parse(options);
      return onlyDistance({ kind: "residual", name: "residual-correlation", options: process, process });
    };
    expect(await built({ text: "1,2\n3,4\n" }, residual({ lengthscale: [1, 2, 3] }))).toMatchObject({
      error: "lengthscale-count",
      detail: "The points have 2 columns, and lengthscale has 3 in its list.",
      hint: "Give a number that serves every column, or a list with one for each.",
    });
    expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(
      "The covariance of the inducing points is not positive definite: pivot 1 is -3.",
    );
    const memory = new KernelMemory();
    const points = { count: 1, dimension: 1, values: Float64Array.of(1) };
    const exact = { ...ResidualOptions.parse({}), nugget: 0, jitter: 0 };
    expect(() =>
      computeResiduals(memory, loadKernels(memory.memory), points, points, exact, rowName("points", new Int32Array())),
    ).toThrow("The residual variance of row 0 of points is 0; it must be above 0.");
    expect(await built({ text: "1,0\n2,1\n" }, residual({ lengthscale: [1, 1e-151] }))).toMatchObject({
      error: "points-too-large",
      detail: "Column 1 of row 1 of points lies more than 1e+150 lengthscales of 1e-151 from 0.",
      hint: "Take a longer lengthscale: squares of differences must be finite.",
    });
    for (const variance of [1e-200, 1e200]) {
      expect(ResidualOptions.safeParse({ variance }).success).toBe(false);
    }
  });

  it("must be those that a tree was built by", async () => {
    const services = { ...searching, distances: onlyDistance(distances.chord!) };
    expect(await refusal(runStep(query, { config: { k: 1 }, services, inputs: { tree } }))).toEqual({
      error: "distance-differs",
      category: "input",
      detail: 'The tree was built by euclidean {}, and this phase has cosine {"as":"chord"}.',
      hint: "Choose the service cover-tree/distance for the whole pipeline, with one set of options.",
    });
  });
});

describe("queries", () => {
  const asked = (config: object, more: object = {}) =>
    refusal(runStep(query, { config: { k: 1, ...config }, services: searching, inputs: { tree, ...more } }));

  it("for more neighbours than there are points are refused", async () => {
    expect(await asked({ k: 5 })).toEqual({
      error: "k-too-large",
      category: "input",
      detail: "5 neighbours are asked for, of 4 in the tree.",
      hint: "Set k to 4 or less.",
    });
  });

  it("of rows that are not there, of other columns, and of two sorts at once are refused", async () => {
    expect(await asked({ rows: [1, 9] })).toMatchObject({
      error: "rows-unknown",
      detail: "Rows to look from are not in the tree: 9.",
    });
    const queries = { text: "1,2,3\n" };
    expect(await asked({}, { queries })).toMatchObject({
      error: "dimension-differs",
      detail: "queries has 3 columns, and the points of the tree have 2.",
    });
    expect(await asked({ predecessor: true }, { queries: { text: "1,2\n" } })).toMatchObject({
      error: "queries-twofold",
      detail: "Queries are wired, and the config says predecessor, which speaks of rows of the tree.",
    });
  });

  it("are told by their own rows where they have no direction", async () => {
    const services = { ...searching, distances: onlyDistance(distances.chord!) };
    using tall = await runStep(build, {
      services: { ...growing, distances: services.distances },
      inputs: { points: { text: "1,1\n1,0\n0,2\n3,3\n" } },
    });
    const inputs = { tree: { path: tall.outputs.tree.path }, queries: { text: "1,2\n0,0\n" } };
    expect(await refusal(runStep(query, { config: { k: 1 }, services, inputs }))).toMatchObject({
      error: "row-zero",
      detail: "row 1 of queries is zero, and the cosine distance to it is not defined.",
    });
  });

  it("take either k or a radius", () => {
    for (const config of [{}, { k: 1, radius: 1 }]) {
      expect(query.definition.config.safeParse(config).error?.message).toContain("give either k or radius");
    }
  });

  it("that no way serves are refused", async () => {
    const services = { ...searching, traversals: onlyTraversal("tiled-scan") };
    expect(await refusal(runStep(query, { config: { k: 1 }, services, inputs: { tree } }))).toEqual({
      error: "no-strategy",
      category: "input",
      detail: "No traversal serves here; there is tiled-scan.",
      hint: "Choose another provider of the service cover-tree/traversal.",
    });
    expect(() => new StrategyRegistry("conflict").select({}, () => {})).toThrow(
      "No conflict serves here; there is none.",
    );
  });
});

describe("rows to delete", () => {
  it("must be there, and leave some", async () => {
    const deleted = (rows: number[]) =>
      refusal(runStep(deleteStep, { config: { rows }, services: growing, inputs: { tree } }));
    expect(await deleted([7, 1])).toMatchObject({
      error: "rows-unknown",
      detail: "Rows to delete are not in the tree: 7.",
    });
    expect(await deleted(Array.from({ length: 12 }, (_, at) => 4 + at))).toMatchObject({
      detail: "Rows to delete are not in the tree: 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 2 more.",
    });
    expect(await deleted(Array.from({ length: 10 }, (_, at) => 4 + at))).toMatchObject({
      detail: "Rows to delete are not in the tree: 4, 5, 6, 7, 8, 9, 10, 11, 12, 13.",
    });
    expect(await deleted([0, 1, 2, 3])).toMatchObject({
      error: "tree-emptied",
      detail: "All points of the tree would be deleted.",
    });
  });

  it("go with points to put in only where the columns agree", async () => {
    const points = { text: "1\n" };
    expect(await refusal(runStep(insert, { services: growing, inputs: { tree, points } }))).toMatchObject({
      error: "dimension-differs",
      detail: "points has 1 column, and the points of the tree have 2.",
      hint: "Give points with the same columns as those that the tree was built of. A NumPy vector is read as one column.",
    });
  });
});

describe("a tree that breaks its rules", () => {
  it("does not pass, and is told of by its rows", async () => {
    const stored = readTree(tree.path);
    const radii = stored.tree.radii.map((radius) => radius / 2);
    const bytes = encodeTree({ ...stored, tree: { ...stored.tree, radii } });
    const run = runStep(validate, { services: { distances: euclidean }, inputs: { tree: { bytes } } });
    expect(await refusal(run)).toMatchObject({
      error: "tree-invalid",
      category: "invariant",
      detail: expect.stringMatching(/^The tree breaks its rules: radius: row \d lies .* from row \d, whose radius is /),
    });
  });

  it("does not pass where ways up go in a circle, or where a point is no number", async () => {
    using tall = await runStep(build, {
      config: { leafSize: 0 },
      services: growing,
      inputs: { points: { text: "0\n1\n5\n9\n20\n" } },
    });
    const stored = readTree(tall.outputs.tree.path);
    const { parents } = stored.tree;
    const [one, other] = [...parents.keys()].filter((point) => parents[point]! >= 0);
    const circle = parents.map((parent, point) => (point === one ? other! : point === other ? one! : parent));
    const points = { ...stored.points, values: stored.points.values.with(other!, Number.NaN) };
    for (const [changed, words] of [
      [{ ...stored, tree: { ...stored.tree, parents: circle } }, "nesting: row "],
      [{ ...stored, points }, "covering: row "],
    ] as const) {
      const inputs = { tree: { bytes: encodeTree(changed) } };
      expect(await refusal(runStep(validate, { services: { distances: euclidean }, inputs }))).toMatchObject({
        error: "tree-invalid",
        detail: expect.stringContaining(`The tree breaks its rules: ${words}`),
      });
    }
  });

  it("and one whose file is damaged is refused before it is looked at", async () => {
    const damaged = join(directory, "damaged.ct");
    writeFileSync(damaged, readFileSync(tree.path));
    truncateSync(damaged, readFileSync(tree.path).length - 1);
    const run = runStep(query, { config: { k: 1 }, services: searching, inputs: { tree: { path: damaged } } });
    expect(await refusal(run)).toMatchObject({ error: "tree-damaged", category: "invariant" });
  });
});
