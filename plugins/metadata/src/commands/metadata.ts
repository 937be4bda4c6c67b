import { type CommandContext, defineCommand } from "@orchestrate/sdk";
import { wrong } from "./usage.ts";

interface Subcommand {
  /** What it takes, after its name. */
  readonly usage: string;
  run(context: CommandContext): Promise<number>;
}

/** By their names; each is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Subcommand>>> = {
  query: () => import("./query.ts"),
  status: () => import("./status.ts"),
  deliver: () => import("./deliver-now.ts"),
  rebuild: () => import("./rebuild-all.ts"),
  prune: () => import("./prune.ts"),
  serve: () => import("./serve.ts"),
};

export default defineCommand({
  summary: "Asks the metadata gateway, rebuilds it, serves it: query, status, deliver, rebuild, prune, serve.",
  async run({ args, ...context }) {
    const [name = "", ...rest] = args;
    if (name === "--help") return printHelp();
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (load === undefined) {
      throw wrong(`metadata has no command "${name}"; it has ${Object.keys(COMMANDS).join(", ")}.`);
    }
    const command = await load();
    if (rest.includes("--help")) console.log(line(name, command));
    else return command.run({ ...context, args: rest });
    return 0;
  },
});

async function printHelp(): Promise<number> {
  for (const [name, load] of Object.entries(COMMANDS)) console.log(line(name, await load()));
  return 0;
}

function line(name: string, { usage }: Subcommand): string {
  return `orchestrate metadata ${name} ${usage}`;
}
