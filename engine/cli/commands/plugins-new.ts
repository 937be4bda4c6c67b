import { relative, resolve } from "node:path";
import { suggest } from "../../core/suggest.ts";
import { PackageName } from "../../io/plugins/read-plugins-file.ts";
import { LANGUAGES, type Language } from "../../io/scaffold/plugin-manifest.ts";
import { writePlugin } from "../../io/scaffold/write-plugin.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { ownVersions } from "../own-versions.ts";
import { pluginTemplates } from "../plugin-templates.ts";
import { usageError } from "../report-error.ts";

/** `orchestrate plugins new NAME`: a package with a step, its test, examples and a README, in a folder of its name. */
export const run: CommandModule["run"] = async (invocation, [name = ""], options) => {
  const language = readLanguage((options as { readonly language?: string }).language ?? "typescript");
  const family = familyOf(name);
  const directory = resolve(invocation.cwd, name.replace(/^@.*\//, ""));
  const plugin = { name, family, language, versions: ownVersions() };
  const files = writePlugin(plugin, directory, pluginTemplates());
  const folder = relative(invocation.cwd, directory);
  if (invocation.format === "json") {
    invocation.print(JSON.stringify({ name, directory, language, steps: [`${family}/count`], files }));
  } else {
    const next = [`cd ${folder}`, "npm install", "npm test", "npm run check"].map((line) => `  ${line}`);
    invocation.print([`${name} is in ${folder}, with a step ${family}/count. Now:`, ...next].join("\n"));
  }
  return EXIT_STATUS.ok;
};

function readLanguage(text: string): Language {
  const language = LANGUAGES.find((each) => each === text);
  if (language !== undefined) return language;
  throw usageError(`--language ${text} is none that a plugin can be in.`, suggest(text, LANGUAGES));
}

/** `words` of `orchestrate-plugin-words`, `@me/orchestrate-words` or `words`. */
function familyOf(name: string): string {
  const family = name.replace(/^@.*\//, "").replace(/^(orchestrate-)?((plugin|steps)-)?/, "");
  if (PackageName.safeParse(name).success && /^[a-z][a-z0-9-]*$/.test(family)) return family;
  throw usageError(
    `"${name}" can't name a plugin: it is the package's name, and its steps are named after it.`,
    "Write it in lower case, as orchestrate-plugin-words or @me/words.",
  );
}
