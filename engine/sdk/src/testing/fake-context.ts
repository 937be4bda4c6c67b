import { constants, copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { z } from "zod";
import type { ArtifactMap, StepContext, TokenMap } from "../context.ts";
import { StepError } from "../errors.ts";
import { METADATA_OUTPUT } from "../metadata.ts";
import { deriveSeed } from "../runtime/derive-seed.ts";
import { issueText } from "../runtime/issue-text.ts";
import { maskSecrets } from "../runtime/mask-secrets.ts";
import { type OutputDeclaration, type OutputWriter, outputHandle } from "../runtime/output-handle.ts";
import { projectFiles } from "../runtime/project-files.ts";
import { stepMetadata } from "../runtime/step-metadata.ts";
import type { Step } from "../step.ts";
import { type FakeInput, type FakeInstance, fakeInput } from "./fake-input.ts";
import type { FakeOptions } from "./fake-options.ts";
import { fakeServices } from "./fake-services.ts";
import { type Recording, recorder } from "./recording.ts";

/** A context, and what lies around it. */
export interface Fake<X> {
  readonly context: X;
  /** The staging directory, absolute. It must be the working directory while the step runs. */
  readonly staging: string;
  /** The directory around it: `staging` and `inputs`, nothing else. */
  readonly root: string;
  readonly recording: Recording;
  /** The declarations of all outputs, those of the pipeline of an open step included. */
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
  /** To be called once `run` has returned: writes out what is buffered, and copies what is carried over. */
  finish(): void;
  /** Removes the directory, where it is a temporary one. */
  dispose(): void;
}

/**
 * A step's context with real files: inputs are written out, the staging directory exists, handles are those of the
 * engine. `runStep` does the rest; use this where a test wants to call `run` by itself.
 *
 * @throws StepError `config-invalid`, `input-missing`, `input-unknown`, `output-unknown` or `service-missing`.
 */
export function fakeContext<
  C extends z.ZodType,
  I extends ArtifactMap,
  O extends ArtifactMap,
  S extends TokenMap,
  N extends string,
  Open extends boolean,
>(step: Step<C, I, O, S, N, Open>, options: FakeOptions<C, I, S> = {}): Fake<StepContext<C, I, O, S, N, Open>> {
  const { definition } = step;
  const config = parseConfig(definition, options.config ?? {});
  const declared = declaredOutputs(definition, options.outputs ?? {});
  checkInputs(definition, options.inputs ?? {});
  const secrets = options.secrets ?? {};
  const mask = maskSecrets(secrets);
  const { recording, ...recorders } = recorder({
    mask,
    checkpoint: options.checkpoint,
    onProgress: options.onProgress ?? (() => {}),
    onCheckpoint: options.onCheckpoint ?? (() => {}),
  });
  const signal = options.signal ?? new AbortController().signal;
  const services = fakeServices(definition.services ?? {}, options.services ?? {}, {
    children: {
      attempt: "test/step/1",
      environment: process.env,
      allowed: { ...options.env, ...secrets },
      mask,
      write: (level, message) => recording.log.push({ level, message, fields: undefined }),
      signal,
    },
    metadata: stepMetadata(declared[METADATA_OUTPUT]?.schema, () => writers[METADATA_OUTPUT]),
  });

  // From here on nothing is refused, so that no directory is left behind.
  const root = options.directory ?? realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-step-")));
  const staging = join(root, "staging");
  mkdirSync(staging, { recursive: true });
  const inputs = [join(root, "inputs"), ...pathsOf(options.inputs ?? {})];
  const writers = mapValues(declared, (output, name) => outputHandle(name, output, { staging, inputs }));
  const context = {
    config,
    inputs: writeInputs(definition.inputs ?? {}, options.inputs ?? {}, join(root, "inputs")),
    outputs: mapValues(writers, ({ handle }) => handle),
    services,
    seeds: Object.fromEntries((definition.seeds ?? []).map((name) => [name, deriveSeed(options.seed ?? 1, name)])),
    resources: { cpu: 1, memory: 0, gpu: 0, ...definition.resources, ...options.resources },
    item: options.item,
    code: projectFiles(config, definition.codeFields ?? [], options.project ?? root),
    project: options.project ?? root,
    env: options.env ?? {},
    secrets,
    token: options.token ?? `sha256:${"0".repeat(64)}`,
    series: options.series ?? `sha256:${"1".repeat(64)}`,
    ...recorders,
    signal,
  };
  return {
    // The declarations made each part; that they fit together is what the type parameters say.
    context: context as unknown as StepContext<C, I, O, S, N, Open>,
    staging,
    root,
    recording,
    outputs: declared,
    finish: () => finishAll(Object.values(writers), staging),
    dispose: () => {
      if (options.directory === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

function parseConfig<C extends z.ZodType>(definition: { readonly config: C }, config: unknown): z.output<C> {
  const parsed = definition.config.safeParse(config);
  if (parsed.success) return parsed.data;
  throw refusal("config-invalid", `The config is refused: ${issueText(parsed.error)}.`);
}

function declaredOutputs(
  definition: { readonly outputs?: ArtifactMap; readonly open?: boolean },
  named: Readonly<Record<string, string>>,
): Record<string, OutputDeclaration> {
  if (definition.open !== true && Object.keys(named).length > 0) {
    throw refusal("output-unknown", `The step is not open, so that it can't be given outputs: ${Object.keys(named)}.`);
  }
  const open = mapValues(named, (path): OutputDeclaration => {
    const form = path.endsWith("/") ? "directory" : "file";
    return { form, path: path.replace(/\/+$/, ""), mode: "required" };
  });
  return { ...definition.outputs, ...open };
}

type Given = Readonly<Record<string, FakeInput | readonly FakeInstance[] | undefined>>;

function checkInputs(definition: { readonly inputs?: ArtifactMap; readonly open?: boolean }, given: Given): void {
  const declared: ArtifactMap = definition.inputs ?? {};
  for (const [name, { mode }] of Object.entries(declared)) {
    if (mode !== "optional" && given[name] === undefined)
      throw refusal("input-missing", `Input "${name}" is not given.`);
  }
  const unknown = Object.keys(given).find((name) => declared[name] === undefined);
  if (unknown !== undefined && definition.open !== true) {
    const names = Object.keys(declared).join(", ");
    throw refusal("input-unknown", `The step has no input "${unknown}"; it has ${names}.`);
  }
}

function writeInputs(declared: ArtifactMap, given: Given, directory: string): Record<string, unknown> {
  return mapValues(given, (input, name) =>
    input === undefined ? undefined : fakeInput(name, declared[name], input, directory),
  );
}

/** The inputs that lie where the test says. */
function pathsOf(given: Given): string[] {
  const inputs = Object.values(given).flat() as readonly (FakeInput | undefined)[];
  return inputs.flatMap((input) => (input !== undefined && "path" in input ? [resolve(input.path)] : []));
}

function finishAll(writers: readonly OutputWriter[], staging: string): void {
  for (const writer of writers) writer.finish();
  for (const { path, from } of writers.flatMap(({ carried }) => carried)) {
    const to = join(staging, path);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

function refusal(error: string, detail: string): StepError {
  return new StepError({ error, category: "input", detail, hint: "Mend the example that the test gives." });
}

function mapValues<V, R>(record: Readonly<Record<string, V>>, map: (value: V, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
