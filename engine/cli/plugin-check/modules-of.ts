import type { Plugin } from "../../io/plugins/plugin.ts";

/** A module that a plugin contributes. */
export interface ContributedModule {
  readonly kind: "step" | "service" | "executor" | "command";
  /** The name it is contributed under; of a service, `token=provider`. */
  readonly name: string;
  /** Absolute. */
  readonly module: string;
}

/** All modules that a plugin contributes. */
export function modulesOf({ steps, services, executors, commands }: Plugin): readonly ContributedModule[] {
  const all = (kind: ContributedModule["kind"], modules: ReadonlyMap<string, string>, prefix = "") =>
    [...modules].map(([name, module]) => ({ kind, name: `${prefix}${name}`, module }));
  return [
    ...all("step", steps),
    ...[...services].flatMap(([token, providers]) => all("service", providers, `${token}=`)),
    ...all("executor", executors),
    ...all("command", commands),
  ];
}
