import type { GraphPhase } from "../core/graph/graph.ts";
import type { GivenToStep } from "./ports/executor.ts";
import type { Surroundings } from "./ports/surroundings.ts";
import type { Modules, PreparedFacts } from "./prepare-instances.ts";

/** What the step of a phase is given besides its config. */
export function givenToStep(
  { phase, services }: GraphPhase,
  { options, env }: Pick<PreparedFacts, "options" | "env">,
  { modules, surroundings }: { readonly modules: Modules; readonly surroundings: Surroundings },
): GivenToStep {
  return {
    services: [...services].map(([token, { facts }]) => ({
      token,
      name: facts.name,
      module: modules.service(facts).module,
      options: options.get(token)!,
    })),
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== null)),
    secrets: Object.fromEntries(
      phase.secrets
        .map((name) => [name, surroundings.variable(name)] as const)
        .filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
  };
}
