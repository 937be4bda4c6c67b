import type { z } from "zod";
import type { ArtifactMap, TokenMap } from "../context.ts";
import type { Step } from "../step.ts";
import { type Fake, fakeContext } from "./fake-context.ts";
import type { FakeOptions } from "./fake-options.ts";
import { type OutputRead, readOutput } from "./output-read.ts";
import type { Recording } from "./recording.ts";

/** What came of one run of a step. */
export interface RunResult<O extends ArtifactMap = ArtifactMap> extends Recording, Disposable {
  /** Those that are there; all required ones where `error` is undefined. */
  readonly outputs: {
    readonly [K in keyof O]: O[K] extends { readonly mode: "optional" } ? OutputRead | undefined : OutputRead;
  } & Readonly<Record<string, OutputRead | undefined>>;
  /** What `run` threw, or what is wrong with its outputs. */
  readonly error: unknown;
  readonly staging: string;
  readonly root: string;
  /** Removes the files, unless `directory` was given. */
  dispose(): void;
}

/**
 * Runs a step once in a fake context, with the staging directory as the working directory, and reads its outputs back.
 * The working directory belongs to the whole process: run one step at a time, and not in a worker thread.
 *
 *     using result = await runStep(step, { config: { top: 3 }, inputs: { text: { text: "a b a" } } });
 *     expect(result.error).toBeUndefined();
 *     expect(result.outputs.counts.json()).toEqual(…);
 *
 * @throws StepError where the options do not fit the step; what the step itself throws is in `error`.
 */
export async function runStep<
  C extends z.ZodType,
  I extends ArtifactMap,
  O extends ArtifactMap,
  S extends TokenMap,
  N extends string,
  Open extends boolean,
>(step: Step<C, I, O, S, N, Open>, options: FakeOptions<C, I, S> = {}): Promise<RunResult<O>> {
  const fake = fakeContext(step, options);
  const error = await runInside(fake, () => step.definition.run(fake.context));
  const read = readAll(fake);
  return {
    ...fake.recording,
    // Typed by the declarations; a required output is missing only where `error` is set.
    outputs: read.outputs as RunResult<O>["outputs"],
    error: error ?? read.error,
    staging: fake.staging,
    root: fake.root,
    dispose: fake.dispose,
    [Symbol.dispose]: fake.dispose,
  };
}

/** Runs with the staging directory as working directory; gives what was thrown, also by the closing of the outputs. */
async function runInside(fake: Fake<unknown>, run: () => Promise<void>): Promise<unknown> {
  const before = process.cwd();
  const thrown: unknown[] = [];
  process.chdir(fake.staging);
  try {
    await run();
  } catch (error) {
    thrown.push(error ?? new Error(`the step threw ${error}.`));
  }
  process.chdir(before);
  try {
    fake.finish();
  } catch (error) {
    thrown.push(error);
  }
  return thrown[0];
}

function readAll(fake: Fake<unknown>): { readonly outputs: Record<string, OutputRead>; readonly error: unknown } {
  const outputs: Record<string, OutputRead> = {};
  const errors: unknown[] = [];
  for (const [name, declaration] of Object.entries(fake.outputs)) {
    try {
      const output = readOutput(name, declaration, fake.staging);
      if (output !== undefined) outputs[name] = output;
    } catch (error) {
      errors.push(error);
    }
  }
  return { outputs, error: errors[0] };
}
