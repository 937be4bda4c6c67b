import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { COMMANDS } from "../../engine/cli/command-table.ts";
import type { Block } from "./markdown.ts";

/**
 * What is wrong with a command line of `orchestrate`: a command or option there is none of.
 *
 * @param own the commands that the page's plugins add.
 */
export function faultOf(code: string, own: readonly string[]): string | undefined {
  const words = code.split(/\s+/);
  const at = words.indexOf("orchestrate") + 1;
  const [first = "", second = ""] = words.slice(at);
  // `orchestrate COMMAND --help` speaks of any command.
  if (first === "" || first === "…" || first.startsWith("-") || first === "COMMAND" || own.includes(first))
    return undefined;
  const entry = COMMANDS.find(({ usage }) => {
    const [name, rest = ""] = usage.split(" ");
    return name === first && (!/^[a-z]/.test(rest) || rest === second);
  });
  if (entry === undefined) {
    const isGroup = second === "" && COMMANDS.some(({ usage }) => usage.startsWith(`${first} `));
    return isGroup ? undefined : `there is no command "${first} ${second}"`;
  }
  const known = [...entry.options.flatMap(({ flags }) => flags.match(/-[a-z-]+/g) ?? []), "--json", "--help"];
  const wrong = words
    .slice(at)
    .map((word) => /^-[a-z-]+/.exec(word)?.[0])
    .find((flag) => flag !== undefined && !known.includes(flag));
  return wrong === undefined ? undefined : `${entry.usage} has no option ${wrong}`;
}

/** The commands that plugins add, as their package.json says: those of a page itself, and those of the repository. */
export function commandsAddedBy(blocks: readonly Block[]): readonly string[] {
  const written = blocks.filter(({ file }) => file?.endsWith("package.json")).map(({ text }) => text);
  const brought = globSync("{steps,plugins}/*/package.json", { cwd: ROOT }).map((file) =>
    readFileSync(ROOT + file, "utf8"),
  );
  return [...written, ...brought]
    .map((text) => JSON.parse(text) as { readonly orchestrate?: { readonly commands?: object } })
    .flatMap(({ orchestrate }) => Object.keys(orchestrate?.commands ?? {}));
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
