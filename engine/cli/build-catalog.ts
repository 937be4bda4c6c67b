import type { ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Catalog, ServiceFacts, StepFacts } from "../core/catalog.ts";
import { ENGINE_SERVICES } from "../core/graph/choose-services.ts";
import type { Pipeline } from "../core/pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import { suggest } from "../core/suggest.ts";
import type { CodeStamp } from "../io/code/code-stamp.ts";
import { type CodeCache, type CodeRequest, digestCode, isSameCode, type KnownCode } from "../io/code/digest-code.ts";
import type { Plugin } from "../io/plugins/plugin.ts";
import type { PluginSet } from "../io/plugins/plugin-set.ts";
import type { Inspector, ModuleReference } from "../run/ports/inspector.ts";
import type { Modules } from "../run/prepare-instances.ts";

export interface CatalogScope {
  readonly plugins: PluginSet;
  readonly inspector: Inspector;
  readonly cache: CodeCache;
}

/** The steps that the enabled phases use, each once. @throws PipelineIssues where no plugin contributes one. */
export function stepsOf(pipeline: Pipeline, plugins: PluginSet): readonly string[] {
  const phases = [...pipeline.phases.values()].filter(({ enabled }) => enabled);
  const issues = phases
    .filter(({ step }) => plugins.step(step) === undefined)
    .map(({ name, step }) => unknownStep(name, step, plugins));
  if (issues.length > 0) throw new PipelineIssues(issues);
  return [...new Set(phases.map(({ step }) => step))];
}

export interface BuiltCatalog {
  readonly catalog: Catalog;
  readonly modules: Modules;
  /** Of every path that the digests of code rest on. */
  readonly stamps: readonly CodeStamp[];
}

/** Steps that plugins contribute, and all providers of the services they ask for. */
export async function buildCatalog(scope: CatalogScope, names: readonly string[]): Promise<BuiltCatalog> {
  const stamps = new Map<string, CodeStamp>();
  // The first look at a path counts: what was digested from it may be older than the last one.
  const note = (looked: readonly CodeStamp[]) => {
    for (const stamp of looked) if (!stamps.has(stamp.path)) stamps.set(stamp.path, stamp);
  };
  const modules = new Map<string, InspectedModule>();
  const steps = new Map<string, StepFacts>();
  for (const name of names) {
    const step = await stepFacts(scope, name);
    note(step.digested.stamps);
    steps.set(name, step.facts);
    modules.set(name, step);
  }
  const tokens = new Set([...steps.values()].flatMap(({ contract }) => Object.values(contract.services)));
  const providers = new Map<string, readonly ServiceFacts[]>();
  for (const token of tokens) {
    if (ENGINE_SERVICES.includes(token)) continue;
    const found: ServiceFacts[] = [];
    for (const { name } of scope.plugins.providers(token)) {
      const provider = await serviceFacts(scope, token, name);
      note(provider.digested.stamps);
      found.push(provider.facts);
      modules.set(`${token}=${name}`, provider);
    }
    providers.set(token, found);
  }
  return {
    catalog: { steps, providers, tokens: scope.plugins.tokens() },
    modules: {
      step: (name) => modules.get(name)!.reference,
      service: ({ token, name }) => modules.get(`${token}=${name}`)!.reference,
      isUnchanged: ({ name }) => {
        const { request, digested } = modules.get(name)!;
        return isSameCode(request, digested, scope.cache);
      },
    },
    stamps: [...stamps.values()],
  };
}

/** A module, and what of its code was digested. */
export interface InspectedModule {
  readonly reference: ModuleReference;
  readonly request: CodeRequest;
  readonly digested: KnownCode;
}

/** What is known of one part of a plugin, and what that rests on. */
export interface FoundFacts<F> extends InspectedModule {
  readonly facts: F;
}

/** What is known of one step, whatever pipeline uses it. */
export async function stepFacts(scope: CatalogScope, name: string): Promise<FoundFacts<StepFacts>> {
  const { plugin, module } = scope.plugins.step(name)!;
  const { contract, ...inspected } = await inspect(scope, plugin, module, name, (reference) =>
    scope.inspector.step(reference),
  );
  const { code, files } = inspected.digested;
  return { facts: { name, plugin: plugin.name, version: plugin.version, code, files, contract }, ...inspected };
}

export async function serviceFacts(
  scope: CatalogScope,
  token: string,
  name: string,
): Promise<FoundFacts<ServiceFacts>> {
  const { plugin, module } = scope.plugins.providers(token).find((provider) => provider.name === name)!;
  const { contract, ...inspected } = await inspect(scope, plugin, module, `${token}=${name}`, (reference) =>
    scope.inspector.service(reference),
  );
  const { code, files } = inspected.digested;
  return { facts: { token, name, plugin: plugin.name, version: plugin.version, code, files, contract }, ...inspected };
}

/** The contract is kept by the digest of the module graph; the files that it declares as code come on top. */
async function inspect<C extends StepContract | ServiceContract>(
  { cache }: CatalogScope,
  { name: plugin, directory }: Plugin,
  module: string,
  name: string,
  ask: (reference: ModuleReference) => Promise<C>,
): Promise<InspectedModule & { readonly contract: C }> {
  const bare = { entry: module, directory, extra: [] };
  const first = await digestCode(bare, cache);
  const contract = await ask({ name, plugin, module, code: first.code });
  const request = { ...bare, extra: contract.code };
  const digested = contract.code.length === 0 ? first : await digestCode(request, cache);
  return { contract, reference: { name, plugin, module, code: digested.code }, request, digested };
}

function unknownStep(phase: string, step: string, plugins: PluginSet): Issue {
  const path = ["phases", phase, "step"];
  const message = `no plugin contributes a step "${step}".`;
  if (plugins.file === undefined)
    return { path, message, hint: 'There is no plugins.json. Make one beside the pipeline: {"plugins": ["…"]}.' };
  return {
    path,
    message,
    hint: isFamilyOn(step, plugins)
      ? suggest(step, plugins.stepNames())
      : `${suggest(step, plugins.stepNames())} ${ADD}`.trim(),
  };
}

/** Whether a plugin is on whose steps begin alike. */
function isFamilyOn(step: string, plugins: PluginSet): boolean {
  const family = step.slice(0, step.indexOf("/") + 1);
  return [...plugins.stepNames()].some((name) => name.startsWith(family));
}

const ADD = "A plugin is switched on by: orchestrate plugins add PACKAGE.";
