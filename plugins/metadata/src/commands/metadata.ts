import { type CommandContext, defineCommand } from "@orchestrate/sdk";
import { wrong } from "./usage.ts";

type Run = (context: CommandContext) => Promise<number>;

/** By their names; each is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<{ readonly run: Run }>>> = {
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
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (load === undefined) {
      throw wrong(`metadata has no command "${name}"; it has ${Object.keys(COMMANDS).join(", ")}.`);
    }
    return (await load()).run({ ...context, args: rest });
  },
});
