import { listProfiles } from "../io/config/list-profiles.ts";
import { loadDocument } from "../io/config/load-document.ts";
import { loadPlugins } from "../io/plugins/load-plugins.ts";
import { builtInProfiles } from "./built-in-profiles.ts";
import { SHELLS } from "./commands/completion.ts";
import type { Invocation } from "./invocation.ts";
import { locateRoot } from "./locate-root.ts";
import { locateRuns, runNames } from "./locate-runs.ts";

/** Names that a tab may complete. */
export interface CompletedNames {
  readonly phases: readonly string[];
  readonly profiles: readonly string[];
  readonly runs: readonly string[];
  readonly steps: readonly string[];
  readonly plugins: readonly string[];
  readonly shells: readonly string[];
}

/** Looks for all of them from the working directory. What can't be read has no names: a tab is no place for errors. */
export async function completedNames(invocation: Invocation): Promise<CompletedNames> {
  const root = await locateRoot(invocation, {});
  const [phases, runs, plugins] = await Promise.all([
    orNone(() => phaseNames(invocation)),
    orNone(async () => runNames(await locateRuns(invocation, {}))),
    loadPlugins({ root, onProblem: () => {} }),
  ]);
  return {
    phases,
    runs,
    profiles: listProfiles({ root, builtIn: builtInProfiles() }).map(({ name }) => name),
    steps: plugins.stepNames(),
    plugins: plugins.plugins.map(({ name }) => name),
    shells: SHELLS,
  };
}

async function phaseNames({ cwd }: Invocation): Promise<readonly string[]> {
  const { document } = await loadDocument({ cwd });
  const { phases } = document as { readonly phases?: object };
  return Object.keys(phases ?? {});
}

async function orNone(names: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await names();
  } catch {
    return [];
  }
}
