import type { Log, Service } from "@orchestrate/sdk";
import { container, type DependencyContainer } from "tsyringe";
import { loadService } from "../../io/worker/load-definition.ts";
import { runAll } from "../../io/worker/run-all.ts";
import type { ServiceResolver, ServiceScope, ServiceSurroundings } from "../../io/worker/service-resolver.ts";
import type { AttemptService } from "../../run/ports/executor.ts";

/**
 * The worker's container: services of scope `worker` stay in it, by provider and options. Beside them each attempt has
 * the engine's own services and those of scope `attempt`, by token.
 */
export function workerServices(): ServiceResolver {
  const parts = container.createChildContainer();
  let current = SILENT;
  const kept: Kept = {
    parts,
    disposals: [],
    log: {
      debug: (...words) => current.debug(...words),
      info: (...words) => current.info(...words),
      warn: (...words) => current.warn(...words),
      error: (...words) => current.error(...words),
    },
  };
  return {
    get kept() {
      return kept.disposals.length;
    },
    keep: async (services, log) => {
      current = log;
      for (const chosen of services) {
        const { definition } = await definitionOf(chosen);
        if (definition.scope === "worker") await make(kept, definition, chosen, log);
      }
    },
    open: (services, surroundings) => {
      current = surroundings.log;
      return openScope(kept, services, surroundings);
    },
    close: () => runAll(kept.disposals.splice(0).reverse()),
  };
}

/** What outlives an attempt. */
interface Kept {
  readonly parts: DependencyContainer;
  /** Leads to the log of the attempt that runs now, since each masks its own secrets. */
  readonly log: Log;
  /** In the order in which the services were made. */
  readonly disposals: Disposal[];
}

type Disposal = () => void | Promise<void>;

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function openScope(
  kept: Kept,
  services: readonly AttemptService[],
  { own, log }: ServiceSurroundings,
): Promise<ServiceScope> {
  const scope = new Map(own);
  const disposals: Disposal[] = [];
  const close = () => runAll(disposals.splice(0).reverse());
  try {
    for (const chosen of services) {
      const { definition } = await definitionOf(chosen);
      const made = await make(kept, definition, chosen, log);
      scope.set(chosen.token, made);
      if (definition.scope !== "worker" && definition.dispose !== undefined)
        disposals.push(() => definition.dispose?.(made));
    }
  } catch (error) {
    // Those that were made are not left behind by one that can't be; its error is the one to tell.
    await close().catch(() => {});
    throw error;
  }
  return { get: (token) => scope.get(token), close };
}

function definitionOf(chosen: AttemptService): Promise<Service> {
  return loadService(chosen.module, `${chosen.token}=${chosen.name}`);
}

async function make(kept: Kept, definition: Service["definition"], chosen: AttemptService, log: Log): Promise<unknown> {
  const options = definition.options.parse(chosen.options);
  if (definition.scope !== "worker") return definition.create({ options, log });
  const key = JSON.stringify([chosen.module, chosen.options]);
  const { parts, disposals } = kept;
  if (!parts.isRegistered(key)) {
    const made = await definition.create({ options, log: kept.log });
    parts.registerInstance(key, made);
    if (definition.dispose !== undefined) disposals.push(() => definition.dispose?.(made));
  }
  return parts.resolve(key);
}
