import { Clock, METADATA_OUTPUT, Metadata, Processes, type Step } from "@orchestrate/sdk";
import {
  type BoundInput,
  createProcesses,
  gatheredHandle,
  inputHandle,
  type OutputWriter,
  outputHandle,
  requireMetric,
  stepMetadata,
} from "@orchestrate/sdk/runtime";
import { unreachable } from "../../core/unreachable.ts";
import type { AttemptInput, AttemptOrder, AttemptReport, Completed } from "../../run/ports/executor.ts";
import { removeFence } from "../proc/fence.ts";
import { checkpointStore } from "./checkpoint-store.ts";
import { envelopeOf } from "./envelope-of.ts";
import { loadStep } from "./load-definition.ts";
import type { ProcessLog } from "./process-log.ts";
import { progressThrottle } from "./progress-throttle.ts";
import type { Report } from "./protocol.ts";
import { runAll } from "./run-all.ts";
import type { ServiceResolver } from "./service-resolver.ts";
import { textFields } from "./text-fields.ts";
import { stackOf } from "./thrown-text.ts";
import { leftSince, type Traces } from "./traces.ts";
import { workerClock } from "./worker-clock.ts";

/** What an attempt runs in. */
export interface AttemptSurroundings {
  readonly log: ProcessLog;
  readonly mask: (text: string) => string;
  readonly resolver: ServiceResolver;
  readonly traces: Traces;
  readonly signal: AbortSignal;
  send(report: AttemptReport): void;
}

/** What this process takes from the mode of every file it makes, as the engine gave it to it. */
const UMASK = process.umask();

/** Runs a step in the current process, whose working directory becomes the staging directory. Never throws. */
export async function runAttempt(order: AttemptOrder, around: AttemptSurroundings): Promise<Report> {
  process.chdir(order.staging);
  process.umask(UMASK);
  process.env.ORCHESTRATE_ATTEMPT = order.attempt;
  const { log, resolver, traces } = around;
  const environment = traces.environment();
  try {
    // What a service that is kept holds open is no leak of the step.
    await resolver.keep(order.services, log.asLog());
    const open = traces.open();
    const step = await loadStep(order.step.module, order.step.name);
    const { metrics, carried } = await runStep(step, order, around);
    if (log.failure !== undefined) throw log.failure;
    const leaks = await leaksSince({ open, environment }, traces);
    return { type: "completed", metrics, carried, leaks, kept: resolver.kept };
  } catch (error) {
    const envelope = envelopeOf(error, order.step.name, around.mask);
    const stack = stackOf(error);
    if (stack !== undefined && (envelope.error === "step-threw" || envelope.category === "io"))
      log.write({ stream: "log", level: "error", message: stack });
    // The error may be of another copy of the sdk.
    if (textFields(error, ["effects"])?.effects === "none") removeFence(order.staging);
    return { type: "failed", error: envelope };
  } finally {
    process.chdir("/");
  }
}

/** In so many turns of the event loop all is gone that a step has closed, as the pipes of a child that ended. */
const MOST_TURNS = 8;

async function leaksSince(before: Parameters<typeof leftSince>[0], traces: Traces): Promise<readonly string[]> {
  for (let turn = 1; ; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    const leaks = leftSince(before, traces);
    if (leaks.length === 0 || turn === MOST_TURNS) return leaks;
  }
}

async function runStep(step: Step, order: AttemptOrder, around: AttemptSurroundings): Promise<Completed> {
  const { definition } = step;
  const metrics: Record<string, number> = {};
  let hasEnded = false;
  // What a step left behind may report on: it would be taken for what the next attempt reports.
  const send = (report: AttemptReport) => {
    if (!hasEnded) around.send(report);
  };
  const progress = progressThrottle(send, () => performance.now());
  const writers = outputWriters(step, order);
  const own = new Map<string, unknown>([
    [Clock.token, workerClock],
    [Processes.token, processes(order, around)],
    [Metadata.token, stepMetadata(definition.outputs?.[METADATA_OUTPUT]?.schema, () => writers[METADATA_OUTPUT])],
  ]);
  const scope = await around.resolver.open(order.services, { own, log: around.log.asLog() });
  const run = async () => {
    const tokens = Object.entries(definition.services ?? {});
    await definition.run({
      config: order.config,
      inputs: inputHandles(step, order) as never,
      outputs: Object.fromEntries(Object.entries(writers).map(([name, { handle }]) => [name, handle])) as never,
      services: Object.fromEntries(tokens.map(([name, { token }]) => [name, scope.get(token)])) as never,
      seeds: order.seeds,
      resources: order.resources,
      item: order.item,
      code: order.code,
      project: order.project,
      env: order.env,
      secrets: order.secrets,
      token: order.token,
      series: order.series,
      checkpoint: checkpointStore({ ...order, attempt: order.number }, (digest, size) =>
        send({ type: "checkpoint", digest, size }),
      ),
      progress: (done, total, message) =>
        progress.report(done, total, message === undefined ? undefined : around.mask(message)),
      metric: (given, value, at) => {
        requireMetric(given, value, at);
        const name = around.mask(given);
        if (!hasEnded) metrics[name] = value;
        send({ type: "metric", name, value, ...(at === undefined ? {} : { step: at }) });
      },
      log: around.log.asLog(),
      signal: around.signal,
    });
  };
  const finishes = Object.values(writers).map((writer) => () => writer.finish());
  try {
    await runAll([run, ...finishes, progress.flush, () => scope.close()]);
  } finally {
    hasEnded = true;
  }
  return { metrics, carried: Object.values(writers).flatMap((writer) => writer.carried) };
}

function processes(order: AttemptOrder, around: AttemptSurroundings): Processes {
  return createProcesses({
    attempt: order.attempt,
    environment: process.env,
    allowed: { ...order.env, ...order.secrets },
    mask: around.mask,
    write: (stream, message) => around.log.write({ stream, message }),
    signal: around.signal,
  });
}

function outputWriters(step: Step, order: AttemptOrder): Readonly<Record<string, OutputWriter>> {
  const declared = Object.entries(step.definition.outputs ?? {});
  const open = Object.entries(order.outputs).map(
    ([name, output]) => [name, { ...output, mode: "required" as const }] as const,
  );
  const place = { staging: order.staging, inputs: Object.values(order.inputs).flatMap(pathsOf) };
  return Object.fromEntries([...declared, ...open].map(([name, output]) => [name, outputHandle(name, output, place)]));
}

function pathsOf(input: AttemptInput): readonly string[] {
  switch (input.is) {
    case "absent":
      return [];
    case "one":
      return [input.artifact.path];
    case "list":
      return input.artifacts.map(({ path }) => path);
    default:
      return unreachable(input);
  }
}

function inputHandles(
  step: Step,
  order: AttemptOrder,
): Readonly<Record<string, BoundInput | readonly BoundInput[] | undefined>> {
  return Object.fromEntries(Object.entries(order.inputs).map(([name, input]) => [name, handleOf(step, name, input)]));
}

function handleOf(step: Step, name: string, input: AttemptInput): BoundInput | readonly BoundInput[] | undefined {
  const declared = step.definition.inputs?.[name];
  switch (input.is) {
    case "absent":
      return undefined;
    case "one":
      return inputHandle(name, declared ?? { form: openForm(input.artifact.form) }, input.artifact);
    case "list":
      return gatheredHandle(name, declared ?? { form: openForm(input.artifacts[0]?.form ?? "file") }, input.artifacts);
    default:
      return unreachable(input);
  }
}

function openForm(form: string): "file" | "directory" {
  return form === "directory" ? "directory" : "file";
}
