import { ioWords } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";

/** The commit that is checked out, and whether tracked files differ from it. */
export interface GitState {
  readonly commit: string;
  readonly dirty: boolean;
}

/**
 * Asks git about a directory; null where it is in no repository, or there is no git.
 *
 * @throws OrchestrateError of category io where git is there and can't be started.
 */
export async function gitState(directory: string): Promise<GitState | null> {
  const [commit, status] = await Promise.all([
    git(directory, ["rev-parse", "HEAD"]),
    git(directory, ["status", "--porcelain", "--untracked-files=no"]),
  ]);
  if (commit === undefined || status === undefined) return null;
  return { commit: commit.trim(), dirty: status.trim() !== "" };
}

async function git(directory: string, args: readonly string[]): Promise<string | undefined> {
  const { spawn } = await import("node:child_process");
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-C", directory, ...args], { stdio: ["ignore", "pipe", "ignore"], timeout: 5_000 });
    let text = "";
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") resolve(undefined);
      else reject(notStarted(error));
    });
    child.on("close", (status) => resolve(status === 0 ? text : undefined));
    // Where the system allows no pipe there is none.
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  });
}

function notStarted(error: NodeJS.ErrnoException): OrchestrateError {
  const { code, hint } = ioWords(error.code);
  const detail = `git could not be asked for the commit that this run is of: ${error.message}.`;
  return new OrchestrateError({ error: code, category: "io", detail, hint }, { cause: error });
}
