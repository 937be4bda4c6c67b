import { Follower } from "@orchestrate/sdk";
import type { FollowerChoice, Json, Pipeline } from "../core/pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import { suggest } from "../core/suggest.ts";
import { type CatalogScope, serviceFacts } from "./build-catalog.ts";
import { unsetSecrets } from "./unset-secrets.ts";

/** A follower as it will be started. */
export interface ChosenFollower {
  readonly name: string;
  /** Absolute path of the provider's module. */
  readonly module: string;
  readonly options: Json;
  /** Names of environment variables. */
  readonly secrets: readonly string[];
}

/**
 * The followers that the pipeline switches on, with the options of plugins.json under those that the pipeline gives.
 *
 * @param variable the value of an environment variable.
 * @throws PipelineIssues naming every unknown follower, option that is refused and variable that is not set.
 */
export async function chooseFollowers(
  scope: CatalogScope,
  pipeline: Pipeline,
  variable: (name: string) => string | undefined,
): Promise<readonly ChosenFollower[]> {
  const chosen: ChosenFollower[] = [];
  const issues: Issue[] = [];
  for (const choice of pipeline.followers) {
    const found = await choose(scope, choice);
    if ("issues" in found) issues.push(...found.issues);
    else chosen.push(found);
    issues.push(...unsetSecrets(choice.secrets, ["follow", choice.name, "secrets"], variable));
  }
  if (issues.length > 0) throw new PipelineIssues(issues);
  return chosen;
}

async function choose(
  scope: CatalogScope,
  { name, with: given, secrets }: FollowerChoice,
): Promise<ChosenFollower | { readonly issues: readonly Issue[] }> {
  const providers = scope.plugins.providers(Follower.token);
  const provider = providers.find((each) => each.name === name);
  if (provider === undefined) {
    const known = providers.map((each) => each.name);
    const hint = suggest(name, known) || "Add the plugin that provides it to plugins.json.";
    return { issues: [{ path: ["follow", name], message: `no plugin provides a follower "${name}".`, hint }] };
  }
  const { reference } = await serviceFacts(scope, Follower.token, name);
  const text = JSON.stringify({ ...provider.plugin.options, ...given });
  const parsed =
    scope.inspector.knownConfig(reference, text) ?? (await scope.inspector.parseConfigs(reference, [text]))[0]!;
  if (!("issues" in parsed)) return { name, module: provider.module, options: parsed.value, secrets };
  return {
    issues: parsed.issues.map(({ path, message, known }) => ({
      path: ["follow", name, "with", ...path],
      message,
      hint:
        suggest(String(path.at(-1) ?? ""), known) ||
        `orchestrate plugins describe ${provider.plugin.name} shows what ${name} takes.`,
    })),
  };
}
