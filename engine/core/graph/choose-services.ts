import { Clock, Metadata, Processes } from "@orchestrate/sdk";
import type { Catalog, StepFacts } from "../catalog.ts";
import type { Phase } from "../pipeline/pipeline.ts";
import type { Issue } from "../pipeline/pipeline-issue.ts";
import { suggest } from "../suggest.ts";
import type { ChosenService } from "./graph.ts";

/** The services that the engine itself provides; no plugin can take their place. */
export const ENGINE_SERVICES: readonly string[] = [Clock, Processes, Metadata].map(({ token }) => token);

/**
 * For each token the step asks for: the provider that phase, pipeline or profile names, else the first in plugins.json.
 */
export function chooseServices(
  phase: Phase,
  step: StepFacts,
  catalog: Catalog,
  issues: Issue[],
): ReadonlyMap<string, ChosenService> {
  const chosen = new Map<string, ChosenService>();
  for (const token of Object.values(step.contract.services)) {
    if (ENGINE_SERVICES.includes(token)) continue;
    const providers = catalog.providers.get(token) ?? [];
    const choice = Object.hasOwn(phase.services, token) ? phase.services[token] : undefined;
    const facts = choice === undefined ? providers[0] : providers.find(({ name }) => name === choice.use);
    if (facts !== undefined) {
      chosen.set(token, { facts, options: choice?.with ?? {} });
    } else if (choice !== undefined) {
      const message = `no plugin provides "${choice.use}" for ${token}.`;
      issues.push({
        path: ["phases", phase.name, "services", token],
        message,
        hint: suggest(
          choice.use,
          providers.map(({ name }) => name),
        ),
      });
    } else {
      const message = `the step ${phase.step} asks for ${token}, which no plugin provides.`;
      issues.push({
        path: ["phases", phase.name, "step"],
        message,
        hint: "Add a plugin that provides it to plugins.json.",
      });
    }
  }
  return chosen;
}
