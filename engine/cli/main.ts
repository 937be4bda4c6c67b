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
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  process.stdout.once("error", (error) => void tellLostOutput(invocation, error));
  const program = buildProgram(__VERSION__, async (entry, args, options) => {
    const { run } = await entry.load();
    process.exitCode = await run(invocation, args, options);
  });
  try {
    if (invocation.cwd === "") throw await workingDirectoryGone();
    if (namesOtherCommand(words)) {
      const { runPluginCommand } = await import("./plugin-command.ts");
      const status = await runPluginCommand(invocation, words);
      if (status !== undefined) {
        process.exitCode = status;
        return;
      }
      // With --help the parser would show the engine's own, as if there were such a command.
      await program.parseAsync(
        words.filter((word) => word !== "--help" && word !== "-h"),
        { from: "user" },
      );
      return;
    }
    await program.parseAsync(words.length === 0 ? ["--help"] : words, { from: "user" });
  } catch (thrown) {
    const fault = programError(thrown, words);
    if (fault === undefined) return;
    const { reportError, usageError } = await import("./report-error.ts");
    process.exitCode = reportError(invocation, "thrown" in fault ? fault.thrown : usageError(fault.detail, fault.hint));
  }
}

/**
 * Whoever read may be gone, as `head` is after ten lines, or a closed terminal: what is under way goes on. A disk that
 * is full is another thing: the result is not there.
 */
async function tellLostOutput(invocation: Invocation, error: NodeJS.ErrnoException): Promise<void> {
  if (error.code === "EPIPE" || error.code === "EIO") return;
  const { reportError } = await import("./report-error.ts");
  const status = reportError(invocation, error);
  process.once("exit", () => {
    process.exitCode ||= status;
  });
}

async function workingDirectoryGone(): Promise<Error> {
  const { usageError } = await import("./report-error.ts");
  return usageError("The working directory is not there any more.", "Go to one that is there.");
}

/** Empty where it was removed. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return "";
  }
}

function invocationOf(words: readonly string[]): Invocation {
  const isTerminal = process.stdout.isTTY === true && process.env.TERM !== "dumb";
  const end = words.indexOf("--");
  return {
    cwd: workingDirectory(),
    format: words.slice(0, end < 0 ? words.length : end).includes("--json") ? "json" : "text",
    terminal: isTerminal ? "interactive" : "plain",
    colour: isTerminal && !process.env.NO_COLOR ? "on" : "off",
    environment: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
  };
}
