import type { OrchestrateError } from "@orchestrate/sdk";
import { loadPlugins } from "../../io/plugins/load-plugins.ts";
import { packageSource } from "../../io/plugins/package-source.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { painter } from "../../io/terminal/paint.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";

/**
 * `orchestrate plugins list`: what is on, where it came from, what it contributes and needs, and what is wrong with it;
 * status 2 where something is. Runs no plugin's code.
 */
export const run: CommandModule["run"] = async (invocation, _args, options) => {
  const root = await locateRoot(invocation, options as { file?: string });
  const problems: OrchestrateError[] = [];
  const { file, plugins } = await loadPlugins({ root, onProblem: (problem) => problems.push(problem) });
  const views = plugins.map((plugin) => viewOf(plugin, root));
  if (invocation.format === "json") {
    const told = problems.map(({ code, detail, hint }) => ({ error: code, detail, hint }));
    invocation.print(JSON.stringify({ file: file ?? null, plugins: views, problems: told }));
  } else {
    const paint = painter(invocation.colour);
    const broken = problems.map(({ detail, hint }) => `${paint("red", "✗")} ${detail}\n  hint: ${hint}`);
    const listed = views.length === 0 ? [] : [formatTable(views.map(rowOf))];
    const nothing = `No plugin is on${file === undefined ? ": there is no plugins.json" : ""}.`;
    const lines = [...listed, ...broken];
    invocation.print(lines.length === 0 ? nothing : lines.join("\n"));
  }
  return problems.length === 0 ? EXIT_STATUS.ok : EXIT_STATUS.input;
};

function viewOf(plugin: Plugin, root: string) {
  const { name, version, description, directory, needs, steps, services, executors, commands } = plugin;
  return {
    name,
    version,
    source: packageSource(directory, root).source,
    description,
    needs,
    steps: [...steps.keys()],
    services: Object.fromEntries([...services].map(([token, providers]) => [token, [...providers.keys()]])),
    executors: [...executors.keys()],
    commands: [...commands.keys()],
  };
}

function rowOf(view: ReturnType<typeof viewOf>): readonly string[] {
  const { name, version, source, steps, services, executors, commands, needs } = view;
  const provided = Object.entries(services).flatMap(([token, names]) =>
    names.map((provider) => `${token}=${provider}`),
  );
  const parts = [
    ["steps", steps],
    ["services", provided],
    ["executors", executors],
    ["commands", commands],
    ["needs", needs],
  ] as const;
  const told = parts.filter(([, names]) => names.length > 0).map(([what, names]) => `${what}: ${names.join(", ")}`);
  return [name, version, source, told.join("; ")];
}
