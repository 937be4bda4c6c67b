import { OrchestrateError } from "@orchestrate/sdk";
import type { Plugin } from "./plugin.ts";

/** The problem of two plugins that give different things one name, if they do. */
export function collision(first: Plugin, second: Plugin, file: string): OrchestrateError | undefined {
  const what = sharedName(first, second);
  if (what === undefined) return undefined;
  return new OrchestrateError({
    error: "plugin-collision",
    category: "input",
    detail: `${first.name} and ${second.name} both contribute the ${what}.`,
    hint: `Take one of them out of ${file}.`,
  });
}

function sharedName(first: Plugin, second: Plugin): string | undefined {
  const step = shared(first.steps, second.steps);
  if (step !== undefined) return `step "${step}"`;
  for (const [token, providers] of second.services) {
    const name = shared(first.services.get(token) ?? new Map<string, string>(), providers);
    if (name !== undefined) return `provider "${name}" of the service "${token}"`;
  }
  const executor = shared(first.executors, second.executors);
  if (executor !== undefined) return `executor "${executor}"`;
  const command = shared(first.commands, second.commands);
  return command === undefined ? undefined : `command "${command}"`;
}

function shared(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string | undefined {
  return [...b.keys()].find((name) => a.has(name));
}
