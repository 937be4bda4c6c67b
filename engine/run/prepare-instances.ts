import { type Digest, digestJson, ManifestError } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { ServiceFacts } from "../core/catalog.ts";
import type { Graph, GraphPhase } from "../core/graph/graph.ts";
import type { Instance } from "../core/graph/instance.ts";
import type { Json } from "../core/pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import type { InstanceFacts } from "../core/plan/instance-facts.ts";
import { givenToStep } from "./given-to-step.ts";
import { type ParsedInstance, parseConfigs } from "./parse-configs.ts";
import type { Inspector, ModuleReference, ParsedConfig } from "./ports/inspector.ts";
import type { ProjectCode, Source, Surroundings } from "./ports/surroundings.ts";

/** Where the modules of steps and providers lie. */
export interface Modules {
  step(name: string): ModuleReference;
  service(facts: ServiceFacts): ModuleReference;
  /** Whether a module, all that it can run and the files that it declares as code are what its digest says. */
  isUnchanged(reference: ModuleReference): boolean | Promise<boolean>;
}

/** What was looked up of an instance, with what its attempt needs besides. */
export interface PreparedFacts extends InstanceFacts {
  readonly sources: Readonly<Record<string, Source>>;
  readonly code: ProjectCode;
  /** By token: the options as the provider parsed them. */
  readonly options: ReadonlyMap<string, Json>;
}

export interface PreparationScope {
  readonly graph: Graph;
  readonly modules: Modules;
  readonly inspector: Inspector;
  readonly surroundings: Surroundings;
}

/**
 * Looks up all that a decision on these instances rests on.
 *
 * @throws PipelineIssues for configs and options that their schemas refuse, every one of them.
 */
export async function prepareInstances(
  scope: PreparationScope,
  instances: readonly Instance[],
): Promise<ReadonlyMap<string, PreparedFacts>> {
  const parsing = parseConfigs(scope, instances);
  // Meanwhile a worker may be parsing. What is wrong with a source is told after what is wrong with a config.
  const found = instances.map((instance) => throwingLater(() => sources(instance, scope)));
  const parsed = await parsing;
  const prepared = new Map<string, PreparedFacts>();
  for (const [index, instance] of instances.entries()) {
    const facts = prepare(scope, instance, parsed.get(instance.id)!, found[index]!);
    prepared.set(instance.id, facts instanceof Promise ? await facts : facts);
  }
  return prepared;
}

/** What is thrown is thrown to whoever awaits the answer. */
function throwingLater<T>(look: () => T | Promise<T>): T | Promise<T> {
  let answer: T | Promise<T>;
  try {
    answer = look();
  } catch (error) {
    answer = Promise.reject(error);
  }
  if (answer instanceof Promise) answer.catch(() => {});
  return answer;
}

function prepare(
  scope: PreparationScope,
  instance: Instance,
  { config, options: parsedOptions }: ParsedInstance,
  found: Found | Promise<Found>,
): PreparedFacts | Promise<PreparedFacts> {
  const { graph, surroundings } = scope;
  const vertex = graph.phases.get(instance.phase)!;
  const services: Record<string, Digest> = {};
  const options = new Map<string, Json>();
  for (const [token, { facts }] of vertex.services) {
    const parsed = parsedOptions.get(token)!;
    options.set(token, parsed.value);
    services[token] = digestJson([facts.plugin, facts.version, facts.name, facts.code, parsed.digest]);
  }
  const env: Record<string, string | null> = {};
  for (const name of vertex.phase.env) env[name] = surroundings.variable(name) ?? null;
  const complete = (found: Found, code: ProjectCode, version: string | null): PreparedFacts => ({
    config,
    sources: found,
    services,
    options,
    env,
    files: code.digests,
    code,
    version,
  });
  const code = projectCode(vertex, config, surroundings);
  const version = vertex.step.contract.versioned ? askVersion(scope, vertex, config, { options, env }) : null;
  // Most instances wait for nothing, and ten thousand promises would be felt.
  if (found instanceof Promise || code instanceof Promise || version !== null) {
    return Promise.all([found, code, version]).then((all) => complete(...all));
  }
  return complete(found, code, version);
}

type Found = Readonly<Record<string, Source>>;

const NO_SOURCES: Found = {};

const NO_CODE: ProjectCode = { named: {}, digests: {}, sources: [] };

function projectCode(
  { phase, step }: GraphPhase,
  config: ParsedConfig,
  surroundings: Surroundings,
): ProjectCode | Promise<ProjectCode> {
  const { codeFields, programFields } = step.contract;
  if (codeFields.length === 0 && programFields.length === 0 && phase.code.length === 0) return NO_CODE;
  return saidOf(["phases", phase.name, "code"], () =>
    surroundings.projectCode(config.value, step.contract, phase.code),
  );
}

function sources(instance: Instance, { graph, surroundings }: PreparationScope): Found | Promise<Found> {
  const wired: { readonly name: string; readonly path: string }[] = [];
  for (const name in instance.inputs) {
    const input = instance.inputs[name]!;
    if (input.from === "path") wired.push({ name, path: input.path });
  }
  if (wired.length === 0) return NO_SOURCES;
  const answers = wired.map(({ name, path }) =>
    saidOf(["phases", instance.phase, "inputs", name, "path"], () => surroundings.source(path)),
  );
  const check = (found: readonly Source[]): Found => {
    const vertex = graph.phases.get(instance.phase)!;
    for (const [index, { name, path }] of wired.entries())
      checkForm(instance, vertex, { name, path, form: found[index]!.form });
    return Object.fromEntries(wired.map(({ name }, index) => [name, found[index]!]));
  };
  return areThere(answers) ? check(answers) : Promise.all(answers).then(check);
}

/** Bad input is said of the field that it came from. */
function saidOf<T>(path: Issue["path"], look: () => T | Promise<T>): T | Promise<T> {
  const tell = (error: unknown): never => {
    const hasWords = error instanceof OrchestrateError || error instanceof ManifestError;
    if (!hasWords || error.category !== "input") throw error;
    const message = `${error.detail.charAt(0).toLowerCase()}${error.detail.slice(1)}`;
    throw new PipelineIssues([{ path, message, hint: error.hint }]);
  };
  try {
    const answer = look();
    return answer instanceof Promise ? answer.catch(tell) : answer;
  } catch (error) {
    return tell(error);
  }
}

function areThere(answers: readonly (Source | Promise<Source>)[]): answers is readonly Source[] {
  return answers.every((answer) => !(answer instanceof Promise));
}

function checkForm(
  instance: Instance,
  { step }: GraphPhase,
  { name, path, form }: { readonly name: string; readonly path: string; readonly form: Source["form"] },
): void {
  const wanted = step.contract.inputs[name]?.form;
  if (wanted === undefined || (wanted === "directory") === (form === "directory")) return;
  const message = `${path} is a ${form}, but ${step.name} wants a ${wanted === "directory" ? "directory" : "file"} here.`;
  throw new PipelineIssues([
    { path: ["phases", instance.phase, "inputs", name, "path"], message, hint: "Name another path." },
  ]);
}

function askVersion(
  scope: PreparationScope,
  vertex: GraphPhase,
  config: ParsedConfig,
  facts: Pick<PreparedFacts, "options" | "env">,
): Promise<string | null> {
  const reference = scope.modules.step(vertex.step.name);
  return scope.inspector.version({ reference, config: config.value, ...givenToStep(vertex, facts, scope) });
}
