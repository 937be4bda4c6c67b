import { collision } from "../../io/plugins/collision.ts";
import { loadPlugins } from "../../io/plugins/load-plugins.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { isOwnCommand } from "../is-own-command.ts";
import { about, type Finding } from "./finding.ts";

const { ok, broken } = about("names");

/** Whether a name is the engine's own, or that of another plugin of the project around the package. */
export async function checkNames(plugin: Plugin): Promise<readonly Finding[]> {
  const taken = [...plugin.commands.keys()].filter(isOwnCommand);
  const { file, plugins } = await loadPlugins({ root: plugin.directory, onProblem: () => {} });
  const others = plugins.filter(({ name }) => name !== plugin.name);
  const findings = [
    ...taken.map((name) =>
      broken(
        "names",
        `The command "${name}" is the engine's own, and would never be reached.`,
        "Give it another name.",
      ),
    ),
    ...others.flatMap((other) => {
      const problem = collision(other, plugin, file ?? "plugins.json");
      if (problem === undefined) return [];
      return [broken("names", problem.detail, "Name it after a family of your own, or take the other plugin out.")];
    }),
  ];
  return findings.length > 0 ? findings : [ok("names", "none is taken")];
}
