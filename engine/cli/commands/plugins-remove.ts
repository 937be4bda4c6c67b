import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { suggest } from "../../core/suggest.ts";
import { changeDependency } from "../../io/plugins/change-dependency.ts";
import { dropEntry } from "../../io/plugins/edit-plugins-file.ts";
import { findPluginsFile } from "../../io/plugins/find-plugins-file.ts";
import { readPluginsFile } from "../../io/plugins/read-plugins-file.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";

/** `orchestrate plugins remove NAME`: takes it out of plugins.json, and uninstalls it where the project depends on it. */
export const run: CommandModule["run"] = async (invocation, [name = ""], options) => {
  const file = findPluginsFile(await locateRoot(invocation, options as { readonly file?: string }));
  const names = file === undefined ? [] : (await readPluginsFile(file)).map((entry) => entry.name);
  if (file === undefined || !dropEntry(file, name)) throw notOn(name, file, names);
  const place = dirname(file);
  const isDependency = dependsOn(name, join(place, "package.json"));
  if (isDependency) await changeDependency({ do: "uninstall", what: name }, place, invocation.complain);
  if (invocation.format === "json") invocation.print(JSON.stringify({ name, file, uninstalled: isDependency }));
  else
    invocation.print(
      `${name} is off${isDependency ? " and uninstalled" : `; ${place}/package.json does not name it`}.`,
    );
  return EXIT_STATUS.ok;
};

function dependsOn(name: string, file: string): boolean {
  if (!existsSync(file)) return false;
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, object | undefined>>;
  return ["dependencies", "devDependencies", "optionalDependencies"].some((kind) => name in (manifest[kind] ?? {}));
}

function notOn(name: string, file: string | undefined, names: readonly string[]): OrchestrateError {
  return new OrchestrateError({
    error: "plugin-not-found",
    category: "input",
    detail: `No plugin "${name}" is on${file === undefined ? ": there is no plugins.json" : ` in ${file}`}.`,
    hint: suggest(name, names) || "See `orchestrate plugins list`.",
  });
}
