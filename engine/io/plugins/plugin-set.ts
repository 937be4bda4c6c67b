import type { Plugin } from "./plugin.ts";

/** A module of a plugin, absolute. */
export interface Contribution {
  readonly plugin: Plugin;
  readonly module: string;
}

/** The plugins that are on, in the order of plugins.json. */
export class PluginSet {
  /** The plugins.json; undefined where there is none. */
  readonly file: string | undefined;
  readonly plugins: readonly Plugin[];

  constructor(file: string | undefined, plugins: readonly Plugin[]) {
    this.file = file;
    this.plugins = plugins;
  }

  step(name: string): Contribution | undefined {
    return this.#find((plugin) => plugin.steps.get(name));
  }

  command(name: string): Contribution | undefined {
    return this.#find((plugin) => plugin.commands.get(name));
  }

  /** All that provide a service, by the name under which a pipeline chooses one. */
  providers(token: string): readonly (Contribution & { readonly name: string })[] {
    return this.plugins.flatMap((plugin) =>
      [...(plugin.services.get(token) ?? [])].map(([name, module]) => ({ plugin, name, module })),
    );
  }

  /** Every token of which a plugin provides a service. */
  tokens(): ReadonlySet<string> {
    return new Set(this.plugins.flatMap((plugin) => [...plugin.services.keys()]));
  }

  stepNames(): readonly string[] {
    return this.plugins.flatMap((plugin) => [...plugin.steps.keys()]);
  }

  #find(moduleOf: (plugin: Plugin) => string | undefined): Contribution | undefined {
    for (const plugin of this.plugins) {
      const module = moduleOf(plugin);
      if (module !== undefined) return { plugin, module };
    }
    return undefined;
  }
}
