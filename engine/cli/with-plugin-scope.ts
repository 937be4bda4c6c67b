import type { Plugin } from "../io/plugins/plugin.ts";
import { PluginSet } from "../io/plugins/plugin-set.ts";
import { type AnswerCache, PluginInspector } from "../io/pool/plugin-inspector.ts";
import { WorkerPool } from "../io/pool/worker-pool.ts";
import type { CatalogScope } from "./build-catalog.ts";
import { processEntry } from "./process-entry.ts";

/** Gives what it takes to ask one plugin, in a worker of its own. Nothing is kept of the answers. */
export async function withPluginScope<T>(
  plugin: Plugin,
  timeoutMs: number,
  use: (scope: CatalogScope) => Promise<T>,
): Promise<T> {
  const pool = new WorkerPool({ entry: processEntry("worker"), size: 1, graceMs: 0 });
  try {
    return await use({
      plugins: new PluginSet(undefined, [plugin]),
      inspector: new PluginInspector(pool, forgetful, timeoutMs),
      cache: { code: () => undefined, putCode: () => {} },
    });
  } finally {
    pool.close();
  }
}

const forgetful: AnswerCache = {
  contract: () => undefined,
  keepContract: () => {},
  config: () => undefined,
  keepConfig: () => {},
};
