import { OrchestrateError } from "@orchestrate/sdk";

/** That no plugin of this name is on in a plugins.json; `file` is undefined where there is none. */
export function pluginNotOn(name: string, file: string | undefined, hint: string): OrchestrateError {
  return new OrchestrateError({
    error: "plugin-not-found",
    category: "input",
    detail: `No plugin "${name}" is on${file === undefined ? ": there is no plugins.json" : ` in ${file}`}.`,
    hint,
  });
}
