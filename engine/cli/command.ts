import { pathToFileURL } from "node:url";
import { type Command, type CommandContext, OrchestrateError } from "@orchestrate/sdk";
import { reportError } from "./report-error.ts";

const [order = "", ...args] = process.argv.slice(2);
const { module, name, runsDirectory, options } = JSON.parse(order) as {
  readonly module: string;
  readonly name: string;
} & Pick<CommandContext, "runsDirectory" | "options">;

/** Runs one command of a plugin; started by the engine as `command.js ORDER ARGS…`. */
try {
  const command = ((await import(pathToFileURL(module).href)) as { default?: Command }).default;
  if (command?.orchestrate !== "command") throw notACommand();
  process.exitCode = await command.definition.run({ args, cwd: process.cwd(), runsDirectory, options });
} catch (error) {
  const isOurs = error instanceof Error && "hint" in error && "category" in error;
  process.exitCode = reportError(
    {
      cwd: process.cwd(),
      format: args.includes("--json") ? "json" : "text",
      terminal: "plain",
      colour: "off",
      environment: process.env,
      print: (text) => void process.stdout.write(`${text}\n`),
      complain: (text) => void process.stderr.write(`${text}\n`),
    },
    isOurs ? asOurs(error as OrchestrateError) : threw(error),
  );
}

/** A plugin may bring its own copy of the sdk, whose errors are not of our class. */
function asOurs({ code, category, detail, hint }: OrchestrateError): OrchestrateError {
  return new OrchestrateError({ error: code, category, detail, hint });
}

function threw(error: unknown): OrchestrateError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new OrchestrateError({
    error: "command-threw",
    category: "failed",
    detail: `The command ${name} of ${module} threw ${text}`,
    hint: "It is the plugin's fault; tell its author.",
  });
}

function notACommand(): OrchestrateError {
  const detail = `${name} can't be used: the default export of ${module} was not made by defineCommand.`;
  return new OrchestrateError({
    error: "not-a-command",
    category: "input",
    detail,
    hint: "Write export default defineCommand({ … }).",
  });
}
