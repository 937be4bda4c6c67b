import { type Digest, digestJson } from "@orchestrate/manifests";
import type { ServiceFacts } from "../core/catalog.ts";
import type { Graph, GraphPhase } from "../core/graph/graph.ts";
import type { Instance } from "../core/graph/instance.ts";
import type { Json } from "../core/pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import type { InstanceFacts } from "../core/plan/instance-facts.ts";
import { suggest } from "../core/suggest.ts";
import type { Inspector, ModuleReference, ParsedConfig } from "./ports/inspector.ts";
import type { ProjectCode, Source, Surroundings } from "./ports/surroundings.ts";

/** Where the modules of steps and providers lie. */
export interface Modules {
  step(name: string): ModuleReference;
  service(facts: ServiceFacts): ModuleReference;
}

/** What was looked up of an instance, with what its attempt needs besides. */
export interface PreparedFacts extends InstanceFacts {
  readonly found: Readonly<Record<string, Source>>;
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
  const configs = await parseAll(scope, instances);
  const prepared = new Map<string, PreparedFacts>();
  for (const instance of instances) prepared.set(instance.id, await prepare(scope, instance, configs));
  return prepared;
}

type Configs = ReadonlyMap<string, ParsedConfig>;

async function parseAll(scope: PreparationScope, instances: readonly Instance[]): Promise<Configs> {
  const parsed = new Map<string, ParsedConfig>();
  const unknown = new Map<
    string,
    { reference: ModuleReference; wanted: Map<string, { raw: Json; path: Issue["path"] }> }
  >();
  const want = (reference: ModuleReference, raw: Json, path: Issue["path"]) => {
    const key = configKey(reference, raw);
    if (parsed.has(key)) return;
    const known = scope.inspector.knownConfig(reference, raw);
    if (known !== undefined) {
      parsed.set(key, known);
      return;
    }
    const group = unknown.get(reference.name) ?? { reference, wanted: new Map() };
    group.wanted.set(key, { raw, path });
    unknown.set(reference.name, group);
  };
  for (const instance of instances) {
    const vertex = scope.graph.phases.get(instance.phase)!;
    want(scope.modules.step(vertex.step.name), instance.config, ["phases", instance.phase, "with"]);
    for (const [token, { facts, options }] of vertex.services) {
      want(scope.modules.service(facts), options, ["phases", instance.phase, "services", token, "with"]);
    }
  }
  const issues: Issue[] = [];
  for (const { reference, wanted } of unknown.values()) {
    const entries = [...wanted];
    const answers = await scope.inspector.parseConfigs(
      reference,
      entries.map(([, { raw }]) => raw),
    );
    for (const [index, [key, { path }]] of entries.entries()) {
      const answer = answers[index]!;
      if ("value" in answer) parsed.set(key, answer);
      else
        issues.push(
          ...answer.issues.map((issue) => ({
            path: [...path, ...issue.path],
            message: issue.message,
            hint: hintFor(issue, reference),
          })),
        );
    }
  }
  if (issues.length > 0) throw new PipelineIssues(issues);
  return parsed;
}

function configKey(reference: ModuleReference, raw: Json): string {
  return `${reference.name} ${JSON.stringify(raw)}`;
}

function hintFor(
  issue: { readonly path: readonly (string | number)[]; readonly known: readonly string[] },
  reference: ModuleReference,
): string {
  const wrong = issue.path.at(-1);
  const near = typeof wrong === "string" ? suggest(wrong, issue.known) : "";
  return near !== "" ? near : `orchestrate plugins describe ${reference.plugin} shows what ${reference.name} takes.`;
}

async function prepare(scope: PreparationScope, instance: Instance, configs: Configs): Promise<PreparedFacts> {
  const { graph, modules, surroundings } = scope;
  const vertex = graph.phases.get(instance.phase)!;
  const config = configs.get(configKey(modules.step(vertex.step.name), instance.config))!;
  const found = await sources(instance, vertex, surroundings);
  const { contract } = vertex.step;
  const namesNoCode = contract.codeFields.length + contract.programFields.length + vertex.phase.code.length === 0;
  const code = namesNoCode ? NO_CODE : await surroundings.projectCode(config.value, contract, vertex.phase.code);
  const services: Record<string, Digest> = {};
  const options = new Map<string, Json>();
  for (const [token, { facts, options: raw }] of vertex.services) {
    const parsed = configs.get(configKey(modules.service(facts), raw))!;
    options.set(token, parsed.value);
    services[token] = digestJson([facts.plugin, facts.version, facts.name, facts.code, parsed.digest]);
  }
  const env = Object.fromEntries(vertex.phase.env.map((name) => [name, surroundings.variable(name) ?? null]));
  return {
    config,
    sources: found,
    found,
    services,
    options,
    env,
    files: code.digests,
    code,
    version: await askVersion(scope, vertex, config, options, env),
  };
}

const NO_CODE: ProjectCode = { named: {}, digests: {} };

async function sources(
  instance: Instance,
  vertex: GraphPhase,
  surroundings: Surroundings,
): Promise<Readonly<Record<string, Source>>> {
  const found: Record<string, Source> = {};
  for (const [name, input] of Object.entries(instance.inputs)) {
    if (input.from !== "path") continue;
    const answer = surroundings.source(input.path);
    const source = answer instanceof Promise ? await answer : answer;
    const wanted = vertex.step.contract.inputs[name]?.form;
    if (wanted !== undefined && (wanted === "directory") !== (source.form === "directory")) {
      const path = ["phases", instance.phase, "inputs", name, "path"];
      const message = `${input.path} is a ${source.form}, but ${vertex.step.name} wants a ${wanted === "directory" ? "directory" : "file"} here.`;
      throw new PipelineIssues([{ path, message, hint: "Name another path." }]);
    }
    found[name] = source;
  }
  return found;
}

async function askVersion(
  scope: PreparationScope,
  vertex: GraphPhase,
  config: ParsedConfig,
  options: ReadonlyMap<string, Json>,
  env: Readonly<Record<string, string | null>>,
): Promise<string | undefined> {
  if (!vertex.step.contract.versioned) return undefined;
  const services = [...vertex.services].map(([token, { facts }]) => ({
    token,
    name: facts.name,
    module: scope.modules.service(facts).module,
    options: options.get(token)!,
  }));
  return scope.inspector.version({
    reference: scope.modules.step(vertex.step.name),
    config: config.value,
    services,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== null)),
    secrets: secretsOf(vertex, scope.surroundings),
  });
}

/** The values of a phase's secrets that are set. */
export function secretsOf({ phase }: GraphPhase, surroundings: Surroundings): Readonly<Record<string, string>> {
  const pairs = phase.secrets.map((name) => [name, surroundings.variable(name)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
