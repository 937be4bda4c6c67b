import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { ArtifactMap, Resources, TokenMap } from "../context.ts";
import { Metadata } from "../metadata.ts";
import { Processes } from "../services.ts";
import type { Step } from "../step.ts";
import { checkAbort } from "./checks/abort.ts";
import type { Check } from "./checks/check.ts";
import { checkContract } from "./checks/contract.ts";
import { watchHandles } from "./checks/open-handles.ts";
import { checkOutputs } from "./checks/outputs.ts";
import { checkProgress } from "./checks/progress.ts";
import { type Cut, type CutAttempt, checkRetry } from "./checks/retry.ts";
import { checkSameBytes, differences } from "./checks/same-bytes.ts";
import { checkSurroundings, inputDigests } from "./checks/surroundings.ts";
import { checkUnknownKey } from "./checks/unknown-key.ts";
import { checkVersion } from "./checks/version.ts";
import { cutAttempt } from "./cut-attempt.ts";
import { fakeContext } from "./fake-context.ts";
import type { FakeOptions } from "./fake-options.ts";
import { onAnotherDay } from "./on-another-day.ts";
import { runStep } from "./run-step.ts";
import { suitePlace } from "./suite-place.ts";

/** A run that must succeed: small, with inputs that hold something. */
export interface ConformanceExample<
  C extends z.ZodType = z.ZodType,
  I extends ArtifactMap = ArtifactMap,
  S extends TokenMap = TokenMap,
> extends Omit<FakeOptions<C, I, S>, "signal" | "onProgress" | "onCheckpoint" | "directory"> {
  /** Resolves when an aborted run has had time enough to settle (default: five seconds); the signal calls it off. */
  readonly grace?: (over: AbortSignal) => Promise<void>;
  /** Makes an attempt that is cut off there. By default it is told so by an error; who can, kills a process instead. */
  readonly crash?: (cut: Cut) => Promise<CutAttempt>;
}

/**
 * The conformance suite: what the engine relies on in every step, as a report that a machine can read. It runs the
 * example three times, and twice more where the step saves checkpoints or reports progress; like `runStep`, it needs
 * the process's working directory for itself, and TMPDIR as well.
 *
 * @throws StepError where the example does not fit the step.
 */
export async function checkStep<
  C extends z.ZodType,
  I extends ArtifactMap,
  O extends ArtifactMap,
  S extends TokenMap,
  N extends string,
  Open extends boolean,
>(step: Step<C, I, O, S, N, Open>, example: ConformanceExample<C, I, S> = {}): Promise<readonly Check[]> {
  const { definition } = step;
  const { grace = fiveSeconds, crash, ...options } = example;
  const config = options.config ?? {};
  using place = suitePlace();
  const run = (more: Partial<FakeOptions<C, I, S>> = {}) =>
    runStep(step, { ...options, ...more, directory: place.directory() });
  const untouched = fakeContext(step, { ...options, directory: place.directory() });
  const inputs = inputDigests(untouched.root, options.inputs ?? {});

  const first = await run();
  const watch = await watchHandles("before `run` returns");
  const resources = withOneCoreMore(definition.resources, options.resources);
  const second = await onAnotherDay(() => run({ resources }));
  const handles = await watch.check();
  const surroundings = checkSurroundings({
    root: second.root,
    outputs: untouched.outputs,
    inputs: relocated(inputs, untouched.root, second.root),
    strays: place.strays(),
  });

  const reportsProgress = first.progress.some(({ done, total }) => done < total);
  const cut = first.checkpoints.length > 0 ? "checkpoint" : reportsProgress ? "progress" : "end";
  const sound = checkOutputs(first.error ?? second.error);
  const { config: parsed, env, secrets, signal } = untouched.context;
  const services = outsideAttempts(untouched.context.services, definition.services);
  const asked = { config: parsed, services, env, secrets, signal };
  const version = await checkVersion(definition.reads, definition.version?.bind(definition, asked));
  const isSame = differences(first.outputs, second.outputs).length === 0;
  const retry = await checkRetry(sound.ok && isSame ? cut : "pointless", {
    undisturbed: first.outputs,
    crash: crash ?? ((at) => cutAttempt(at, run)),
    retry: ({ checkpoint }) =>
      cut === "end" && crash === undefined
        ? Promise.resolve(second)
        : run(checkpoint === undefined ? {} : { checkpoint }),
  });
  return [
    checkContract(step.contract(), definition.config, config),
    checkUnknownKey(definition.config, config),
    sound,
    checkSameBytes(first.outputs, second.outputs, version.reused),
    ...version.checks,
    surroundings,
    handles,
    checkProgress(first.progress),
    retry,
    await checkAbort(run, reportsProgress ? "midst" : "start", grace),
  ];
}

/** A copy without the services that belong to an attempt, as a step's `version` is given them. */
function outsideAttempts<T extends object>(services: T, tokens: TokenMap = {}): T {
  const left = { ...services };
  for (const [name, { token }] of Object.entries(tokens))
    if (token === Processes.token || token === Metadata.token) Reflect.deleteProperty(left, name);
  return left;
}

/** What an attempt is granted is not part of its fingerprint. */
function withOneCoreMore(declared: Partial<Resources> = {}, given: Partial<Resources> = {}): Partial<Resources> {
  const granted = { cpu: 1, ...declared, ...given };
  return { ...granted, cpu: granted.cpu + 1 };
}

/** The inputs were digested in one directory and are looked at in another. */
function relocated(digests: Readonly<Record<string, string>>, from: string, to: string): Record<string, string> {
  return Object.fromEntries(Object.entries(digests).map(([path, digest]) => [path.replace(from, to), digest]));
}

function fiveSeconds(over: AbortSignal): Promise<void> {
  return pause(5000, undefined, { signal: over });
}
