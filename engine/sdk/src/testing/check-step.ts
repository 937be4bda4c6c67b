import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { ArtifactMap, TokenMap } from "../context.ts";
import type { Step } from "../step.ts";
import { checkAbort } from "./checks/abort.ts";
import type { Check } from "./checks/check.ts";
import { checkContract } from "./checks/contract.ts";
import { checkOpenHandles, openHandles } from "./checks/open-handles.ts";
import { checkOutputs } from "./checks/outputs.ts";
import { checkSameBytes } from "./checks/same-bytes.ts";
import { checkSurroundings, inputDigests } from "./checks/surroundings.ts";
import { checkUnknownKey } from "./checks/unknown-key.ts";
import { fakeContext } from "./fake-context.ts";
import type { FakeOptions } from "./fake-options.ts";
import { runStep } from "./run-step.ts";

/** A run that must succeed: small, with inputs that hold something. */
export interface ConformanceExample<
  C extends z.ZodType = z.ZodType,
  I extends ArtifactMap = ArtifactMap,
  S extends TokenMap = TokenMap,
> extends Omit<FakeOptions<C, I, S>, "signal" | "onProgress" | "directory"> {
  /** Resolves when an aborted run has had time enough to settle (default: five seconds); the signal calls it off. */
  readonly grace?: (over: AbortSignal) => Promise<void>;
}

/**
 * The conformance suite: what the engine relies on in every step, as a report that a machine can read. It runs the
 * example three times; like `runStep`, it needs the process's working directory for itself.
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
  const { grace = fiveSeconds, ...options } = example;
  const config = options.config ?? {};
  const untouched = fakeContext(step, options);
  const inputs = inputDigests(untouched.root, options.inputs ?? {});
  untouched.dispose();

  using first = await runStep(step, options);
  const open = openHandles();
  using second = await runStep(step, options);
  const handles = await checkOpenHandles(open, second.root);

  const reportsProgress = first.progress.some(({ done, total }) => done < total);
  return [
    checkContract(step, config),
    checkUnknownKey(step, config),
    checkOutputs(first.error ?? second.error),
    checkSameBytes(first.outputs, second.outputs),
    checkSurroundings(second.root, untouched.outputs, relocated(inputs, untouched.root, second.root)),
    handles,
    await checkAbort((more) => runStep(step, { ...options, ...more }), reportsProgress ? "midst" : "start", grace),
  ];
}

/** The inputs were digested in one directory and are looked at in another. */
function relocated(digests: Readonly<Record<string, string>>, from: string, to: string): Record<string, string> {
  return Object.fromEntries(Object.entries(digests).map(([path, digest]) => [path.replace(from, to), digest]));
}

function fiveSeconds(over: AbortSignal): Promise<void> {
  return pause(5000, undefined, { signal: over });
}
