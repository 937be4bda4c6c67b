import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { usageError } from "../report-error.ts";

/** `orchestrate completion SHELL`: the script, which asks `orchestrate complete` at every tab. */
export const run: CommandModule["run"] = async ({ format }, [shell = ""]) => {
  if (!SHELLS.includes(shell)) throw usageError(`There is no completion for "${shell}".`, `Name ${SHELLS.join(", ")}.`);
  if (format === "json") throw usageError("A completion script is no JSON.", "Leave out --json.");
  const { script } = await import("@bomb.sh/tab");
  script(shell, "orchestrate", "orchestrate");
  return EXIT_STATUS.ok;
};

export const SHELLS: readonly string[] = ["bash", "zsh", "fish", "powershell"];
