import "reflect-metadata";
import { container, type DependencyContainer, instanceCachingFactory } from "tsyringe";
import { cachedAnswers } from "../../io/index/cached-answers.ts";
import type { Index } from "../../io/index/index-port.ts";
import { openIndex } from "../../io/index/open-index.ts";
import { type MachineSurroundings, machineSurroundings } from "../../io/outside/machine-surroundings.ts";
import type { LazyPool } from "../../io/pool/lazy-pool.ts";
import { PluginInspector } from "../../io/pool/plugin-inspector.ts";
import { diskRunFiles } from "../../io/run-directory/disk-run-files.ts";
import { systemClock } from "../../io/time/system-clock.ts";
import type { Clock } from "../../run/ports/clock.ts";
import type { Inspector } from "../../run/ports/inspector.ts";
import type { RunFiles } from "../../run/ports/run-files.ts";
import { newPool } from "./new-pool.ts";

/** What a command works with; each part is made when it is first asked for. */
export interface Workbench {
  /** Absolute. */
  readonly runsDirectory: string;
  readonly index: Index;
  readonly pool: LazyPool;
  readonly inspector: Inspector;
  readonly surroundings: MachineSurroundings;
  readonly files: RunFiles;
  readonly clock: Clock;
  /** Ends idle workers and writes what the index holds. */
  close(): void;
}

export interface WorkbenchOptions {
  readonly runsDirectory: string;
  /** The pipeline's directory. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One that is there already; a new one where it is left out. It is closed with the workbench. */
  readonly pool?: LazyPool;
}

/** Chooses one implementation for each port: the main process's container. */
export function workbench({ runsDirectory, root, environment, pool }: WorkbenchOptions): Workbench {
  const parts = container.createChildContainer();
  once(parts, "index", () => openIndex(runsDirectory));
  once(parts, "pool", () => pool ?? newPool());
  once(
    parts,
    "inspector",
    () => new PluginInspector(parts.resolve<LazyPool>("pool"), cachedAnswers(parts.resolve<Index>("index"))),
  );
  once(parts, "surroundings", () => machineSurroundings({ root, index: parts.resolve<Index>("index"), environment }));
  const made = new Set<string>();
  const get = <T>(token: string): T => {
    made.add(token);
    return parts.resolve<T>(token);
  };
  return {
    runsDirectory,
    get index() {
      return get<Index>("index");
    },
    get pool() {
      return get<LazyPool>("pool");
    },
    get inspector() {
      made.add("pool").add("index");
      return get<Inspector>("inspector");
    },
    get surroundings() {
      made.add("index");
      return get<MachineSurroundings>("surroundings");
    },
    files: diskRunFiles,
    clock: systemClock,
    close: () => {
      if (made.has("pool")) parts.resolve<LazyPool>("pool").close();
      if (made.has("index")) parts.resolve<Index>("index").close();
    },
  };
}

function once<T>(parts: DependencyContainer, token: string, make: () => T): void {
  parts.register<T>(token, { useFactory: instanceCachingFactory(make) });
}
