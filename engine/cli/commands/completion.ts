import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { usageError } from "../report-error.ts";

/** `orchestrate completion SHELL`: the script, which asks `orchestrate complete` at every tab. */
export const run: CommandModule["run"] = async (_invocation, [shell = ""]) => {
  if (!SHELLS.includes(shell)) throw usageError(`There is no completion for "${shell}".`, `Name ${SHELLS.join(", ")}.`);
  const { script } = await import("@bomb.sh/tab");
  script(shell, "orchestrate", "orchestrate");
  return EXIT_STATUS.ok;
};

export const SHELLS: readonly string[] = ["bash", "zsh", "fish", "powershell"];
