import type { Invocation } from "./invocation.ts";

declare const __VERSION__: string;

await main(process.argv.slice(2));

/** Reads the command line, loads the one command that it names, and sets the exit status. */
async function main(words: readonly string[]): Promise<void> {
  // Said by itself, the version needs no parser.
  if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
    process.stdout.write(`${__VERSION__}\n`);
    return;
  }
  // The script that `completion` prints asks so at every tab.
  if (words[0] === "complete") {
    const { complete } = await import("./complete.ts");
    return complete(invocationOf(words), words.slice(1));
  }
  const { buildProgram, namesOtherCommand, programError } = await import("./program.ts");
  const invocation = invocationOf(words);
  // Whoever read may be gone, as `head` is after ten lines, or a closed terminal: what is under way goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const program = buildProgram(__VERSION__, async (entry, args, options) => {
    const { run } = await entry.load();
    process.exitCode = await run(invocation, args, options);
  });
  try {
    if (namesOtherCommand(words)) {
      const { runPluginCommand } = await import("./plugin-command.ts");
      const status = await runPluginCommand(invocation, words);
      if (status !== undefined) {
        process.exitCode = status;
        return;
      }
    }
    await program.parseAsync(words.length === 0 ? ["--help"] : words, { from: "user" });
  } catch (thrown) {
    const fault = programError(thrown, words);
    if (fault === undefined) return;
    const { reportError, usageError } = await import("./report-error.ts");
    process.exitCode = reportError(invocation, "thrown" in fault ? fault.thrown : usageError(fault.detail, fault.hint));
  }
}

function invocationOf(words: readonly string[]): Invocation {
  const isTerminal = process.stdout.isTTY === true && process.env.TERM !== "dumb";
  const end = words.indexOf("--");
  return {
    cwd: process.cwd(),
    format: words.slice(0, end < 0 ? words.length : end).includes("--json") ? "json" : "text",
    terminal: isTerminal ? "interactive" : "plain",
    colour: isTerminal && !process.env.NO_COLOR ? "on" : "off",
    environment: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
  };
}
