import type { ApiEntry } from "./public-api.ts";

/**
 * Everything that the types of these entries say, without comments: what can't be exported by name, but is seen through
 * it, too.
 */
export function apiReport(entries: readonly ApiEntry[]): string {
  return [
    "# API report of @orchestrate/sdk",
    "",
    "All that the types of the package say, without comments, by entry and module; `+` marks what is exported. A test compares",
    "it with the code, so that no change to it is an accident. After a change that is meant, run `npm run api`, and see",
    "[docs/compatibility.md](../../docs/compatibility.md) for what it may be.",
    "",
    "`@orchestrate/sdk/runtime` is shared with the engine and is no part of it.",
    ...entries.flatMap((entry) => ["", `## ${entry.specifier}`, ...modulesOf(entry)]),
    "",
  ].join("\n");
}

function modulesOf({ exports, modules }: ApiEntry): readonly string[] {
  return [...modules.values()]
    .filter(({ declarations }) => declarations.length > 0)
    .flatMap(({ name, declarations }) => {
      const named = declarations.map((each) => `${exports.get(each.name) === name ? "+" : " "} ${each.name}`);
      const texts = declarations.map(({ text }) => withoutComments(text));
      return ["", `### ${name}`, "", "```text", ...named, "```", "", "```ts", texts.join("\n"), "```"];
    });
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, "").replace(/^export (declare )?/gm, "");
}
