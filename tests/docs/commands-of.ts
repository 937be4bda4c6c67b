import { COMMANDS } from "../../engine/cli/command-table.ts";

/** What is wrong with a command line of `orchestrate` that stands in a page's prose: a command or option there is none of. */
export function faultOf(code: string): string | undefined {
  const words = code.split(/\s+/);
  const at = words.indexOf("orchestrate") + 1;
  const [first = "", second = ""] = words.slice(at);
  // `orchestrate COMMAND --help` speaks of any command.
  if (first === "" || first === "…" || first.startsWith("-") || first === "COMMAND") return undefined;
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
