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
  const parts = container.createChildContainer();
  let current = SILENT;
  const kept: Kept = {
    parts,
    log: {
      debug: (...words) => current.debug(...words),
      info: (...words) => current.info(...words),
      warn: (...words) => current.warn(...words),
      error: (...words) => current.error(...words),
    },
  };
  return {
    open: (services, surroundings) => {
      current = surroundings.log;
      return openScope(kept, services, surroundings);
    },
  };
}

/** What outlives an attempt. */
interface Kept {
  readonly parts: DependencyContainer;
  /** Leads to the log of the attempt that runs now, since each masks its own secrets. */
  readonly log: Log;
}

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function openScope(
  kept: Kept,
  services: readonly AttemptService[],
  { own, log }: ServiceSurroundings,
): Promise<ServiceScope> {
  const scope = kept.parts.createChildContainer();
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

async function make(kept: Kept, definition: Service["definition"], chosen: AttemptService, log: Log): Promise<unknown> {
  const options = definition.options.parse(chosen.options);
  if (definition.scope !== "worker") return definition.create({ options, log });
  const key = JSON.stringify([chosen.module, chosen.options]);
  const { parts } = kept;
  if (!parts.isRegistered(key)) parts.registerInstance(key, await definition.create({ options, log: kept.log }));
  return parts.resolve(key);
}
