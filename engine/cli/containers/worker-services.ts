import type { Log, Service } from "@orchestrate/sdk";
import { container, type DependencyContainer } from "tsyringe";
import { loadService } from "../../io/worker/load-definition.ts";
import type { ServiceResolver, ServiceScope, ServiceSurroundings } from "../../io/worker/service-resolver.ts";
import type { AttemptService } from "../../run/ports/executor.ts";

/**
 * The worker's container: one child container for each attempt, in which the engine's own services and those of scope
 * `attempt` are registered; those of scope `worker` stay in the parent, by provider and options.
 */
export function workerServices(): ServiceResolver {
  const kept = container.createChildContainer();
  return { open: (services, surroundings) => openScope(kept, services, surroundings) };
}

async function openScope(
  kept: DependencyContainer,
  services: readonly AttemptService[],
  { own, log }: ServiceSurroundings,
): Promise<ServiceScope> {
  const scope = kept.createChildContainer();
  const disposals: (() => void | Promise<void>)[] = [];
  for (const [token, service] of own) scope.registerInstance(token, service);
  for (const chosen of services) {
    const { definition } = await loadService(chosen.module, `${chosen.token}=${chosen.name}`);
    const made = await make(kept, definition, chosen, log);
    scope.registerInstance(chosen.token, made);
    if (definition.scope !== "worker" && definition.dispose !== undefined)
      disposals.push(() => definition.dispose?.(made));
  }
  return {
    get: (token) => scope.resolve(token),
    close: async () => {
      for (const dispose of disposals.reverse()) await dispose();
      await scope.dispose();
    },
  };
}

async function make(
  kept: DependencyContainer,
  definition: Service["definition"],
  chosen: AttemptService,
  log: Log,
): Promise<unknown> {
  const options = definition.options.parse(chosen.options);
  const create = () => definition.create({ options, log });
  if (definition.scope !== "worker") return create();
  const key = JSON.stringify([chosen.module, chosen.options]);
  if (!kept.isRegistered(key)) kept.registerInstance(key, await create());
  return kept.resolve(key);
}
