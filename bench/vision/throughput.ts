import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Architecture, patchCount, viewLength } from "../../steps/vision/src/network/architecture.ts";
import { fitArchitecture } from "../../steps/vision/src/network/fit-architecture.ts";
import { initialValues } from "../../steps/vision/src/network/initial-values.ts";
import { layout } from "../../steps/vision/src/network/layout.ts";
import type { GradientSource } from "../../steps/vision/src/trainer/gradient-source.ts";
import { type OptimizerState, startOptimizer, update } from "../../steps/vision/src/trainer/optimizer.ts";
import { startSource } from "../../steps/vision/src/trainer/start-source.ts";
import { median, summarize } from "../measure.ts";
import { columns } from "../report.ts";
import { pythonWith } from "./python-with.ts";

// Training throughput of the embedded trainer beside the same network and batch in PyTorch on the processor, in rounds that
// take all by turns; the first updates of each round, in which things are compiled, are left out. PyTorch is taken on one
// thread and on all, and held to the faster: where others keep the cores busy, its threads wait for each other in vain.
// Its BLAS may have threads besides. Beside the time by the clock stands what the processor took.
//   npx node bench/vision/throughput.ts [--rounds 7] [--updates 40]

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, updates: { type: "string", default: "40" } },
});
const batch = 64;
const updates = Number(values.updates);
const python = pythonWith("torch");
const script = fileURLToPath(new URL("./throughput.py", import.meta.url));

for (const mixing of ["perceptron", "attention"] as const) {
  const architecture: Architecture = { ...fitArchitecture(32, { mixing }), classes: 2 };
  const threads = Math.min(2, availableParallelism());
  const source = await startSource({ kind: "classification", architecture }, batch, new Float32Array(), threads);
  const state = startOptimizer(initialValues(layout(architecture), 1));
  const ours: Measured[] = [];
  const theirs = new Map<string, Measured[]>();
  await embedded(source, state, architecture);
  for (let round = 0; round < Number(values.rounds); round++) {
    ours.push(await embedded(source, state, architecture));
    for (const count of new Set([1, availableParallelism()])) {
      const { which, ...measured } = torch(architecture, count);
      theirs.set(which, [...(theirs.get(which) ?? []), measured]);
    }
  }
  await source.close();
  const rivals = [...theirs].map(([which, times]) => together(which, times));
  report(mixing, together(`embedded, ${threads} threads`, ours), rivals);
}

/** Median milliseconds of an update: by the clock, and of the processor. */
interface Measured {
  readonly clock: number;
  readonly processor: number;
}

type Shown = ReturnType<typeof together>;

function together(name: string, rounds: readonly Measured[]) {
  const clock = rounds.map((round) => round.clock);
  const processor = rounds.map((round) => round.processor);
  return { ...summarize(name, clock), processor: median(processor) };
}

async function embedded(source: GradientSource, state: OptimizerState, architecture: Architecture): Promise<Measured> {
  const specs = layout(architecture);
  const views = Float32Array.from({ length: batch * patchCount(architecture) * viewLength(architecture) }, (_, index) =>
    Math.sin(index * 1.7),
  );
  const targets = Float32Array.from({ length: batch * 2 }, (_, index) =>
    (index >> 1) % 2 === index % 2 ? 1 / batch : 0,
  );
  const times: number[] = [];
  const taken: number[] = [];
  for (let index = 0; index < updates; index++) {
    const start = performance.now();
    const used = process.cpuUsage();
    const { gradient } = await source.gradient(state.values, [views, targets]);
    update(state, gradient, specs, 1e-4, { weightDecay: 0.05, clip: 1, averageDecay: 0.98 });
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    taken.push((user + system) / 1000);
  }
  return { clock: median(times.slice(updates / 10)), processor: median(taken.slice(updates / 10)) };
}

function torch(architecture: Architecture, threads: number): Measured & { readonly which: string } {
  const shapes = Object.fromEntries(layout(architecture).map(({ name, shape }) => [name, shape]));
  const words = [
    JSON.stringify({ ...architecture, shapes, views: [patchCount(architecture), viewLength(architecture)] }),
    batch,
    updates,
    threads,
  ];
  const answer = execFileSync(python, [script, ...words.map(String)], {
    encoding: "utf8",
    env: { ...process.env, OMP_WAIT_POLICY: "passive" },
  });
  const [clock, processor, which = ""] = answer.trim().split("\n");
  return { clock: Number(clock), processor: Number(processor), which };
}

function report(mixing: string, ours: Shown, rivals: readonly Shown[]): void {
  const rows = [ours, ...rivals].map(({ name, median, low, high, processor }) => [
    name,
    `${median.toFixed(1)} ms (${low.toFixed(1)}–${high.toFixed(1)})`,
    `${((batch * 1000) / median).toFixed(0)} images/s`,
    `${processor.toFixed(1)} ms of the processor`,
  ]);
  const share = Math.min(...rivals.map(({ median }) => median)) / ours.median;
  console.log([`Updates of ${batch} images, mixing by ${mixing}`, ...columns(rows)].join("\n"));
  console.log(
    `  embedded / torch: ${share.toFixed(2)}×, at least 0.50×: ${share >= 0.5 ? "reached" : "not reached"}\n`,
  );
}
