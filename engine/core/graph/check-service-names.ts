import { Follower } from "@orchestrate/sdk";
import type { Catalog } from "../catalog.ts";
import type { Phase, Pipeline } from "../pipeline/pipeline.ts";
import type { Issue } from "../pipeline/pipeline-issue.ts";
import { suggest } from "../suggest.ts";

/**
 * Looks for service tokens that are named in vain: a choice that nothing asks for would be passed over without a word.
 * A phase names only what its step asks for; what the pipeline or a profile names for all phases must be known to some
 * plugin.
 */
export function checkServiceNames(
  { services }: Pipeline,
  phases: ReadonlyMap<string, Phase>,
  { steps, tokens }: Catalog,
  issues: Issue[],
): void {
  const asked = new Set([...steps.values()].flatMap(({ contract }) => Object.values(contract.services)));
  const known = new Set([...asked, ...tokens].filter(isChosen));
  for (const token of Object.keys(services)) {
    if (known.has(token)) continue;
    const message = `no step asks for ${token}, and no plugin provides it.`;
    issues.push(issueOf(token, ["services", token], message, known));
  }
  for (const { name, step, services: own } of phases.values()) {
    if (own === services) continue;
    const wanted = new Set(Object.values(steps.get(step)!.contract.services).filter(isChosen));
    for (const [token, choice] of Object.entries(own)) {
      if (wanted.has(token) || choice === services[token]) continue;
      const message = `the step ${step} does not ask for ${token}.`;
      issues.push(issueOf(token, ["phases", name, "services", token], message, wanted));
    }
  }
}

/** Tokens of the engine's own are nothing to choose between. */
function isChosen(token: string): boolean {
  return !token.startsWith("orchestrate/");
}

function issueOf(token: string, path: Issue["path"], message: string, known: ReadonlySet<string>): Issue {
  if (token === Follower.token)
    return { path, message: "followers are no service of a phase.", hint: "Switch them on under `follow`." };
  const takeOut = "Take it out.";
  if (!isChosen(token)) return { path, message: `${token} is always the engine's own.`, hint: takeOut };
  return { path, message, hint: suggest(token, known) || takeOut };
}
