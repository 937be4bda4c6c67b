import { dirname } from "node:path";
import { suggest } from "../../core/suggest.ts";
import { changeDependency } from "../../io/plugins/change-dependency.ts";
import { readDependencies } from "../../io/plugins/dependency-name.ts";
import { dropEntry } from "../../io/plugins/edit-plugins-file.ts";
import { findPluginsFile } from "../../io/plugins/find-plugins-file.ts";
import { readPluginsFile } from "../../io/plugins/read-plugins-file.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";
import { pluginNotOn } from "../plugin-not-on.ts";

/**
 * `orchestrate plugins remove NAME`: takes it out of plugins.json, and uninstalls it where the project depends on it.
 */
export const run: CommandModule["run"] = async (invocation, [name = ""], options) => {
  const file = findPluginsFile(await locateRoot(invocation, options as { readonly file?: string }));
  const names = file === undefined ? [] : (await readPluginsFile(file)).map((entry) => entry.name);
  if (file === undefined || !dropEntry(file, name))
    throw pluginNotOn(name, file, suggest(name, names) || "See `orchestrate plugins list`.");
  const place = dirname(file);
  const isDependency = name in readDependencies(place);
  if (isDependency) await changeDependency({ do: "uninstall", what: name }, place, invocation.complain);
  if (invocation.format === "json") invocation.print(JSON.stringify({ name, file, uninstalled: isDependency }));
  else
    invocation.print(
      `${name} is off${isDependency ? " and uninstalled" : `; ${place}/package.json does not name it`}.`,
    );
  return EXIT_STATUS.ok;
};
