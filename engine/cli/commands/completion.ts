import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { usageError } from "../report-error.ts";

/** `orchestrate completion SHELL`: the script, which asks `orchestrate complete` at every tab. */
export const run: CommandModule["run"] = async ({ format, print }, [shell = ""]) => {
  if (!SHELLS.includes(shell)) throw usageError(`There is no completion for "${shell}".`, `Name ${SHELLS.join(", ")}.`);
  if (format === "json") throw usageError("A completion script is no JSON.", "Leave out --json.");
  const { script } = await import("@bomb.sh/tab");
  if (shell === "bash") print(WORDS_OF_BASH);
  script(shell, "orchestrate", "orchestrate");
  return EXIT_STATUS.ok;
};

export const SHELLS: readonly string[] = ["bash", "zsh", "fish", "powershell"];

/** The script takes its words from the package bash-completion, which many machines and all containers lack. */
const WORDS_OF_BASH = `if ! declare -F _get_comp_words_by_ref > /dev/null; then
    _get_comp_words_by_ref() {
        cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} cword=$COMP_CWORD
        words=("\${COMP_WORDS[@]:0:COMP_CWORD+1}")
    }
fi`;
