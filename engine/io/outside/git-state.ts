import { ioWords } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";

/** The commit that is checked out, and whether tracked files differ from it. */
export interface GitState {
  readonly commit: string;
  readonly dirty: boolean;
}

/**
 * Asks git about a directory; null where it is in no repository, nothing is committed yet, or there is no git. In a
 * hook of git too it is the directory's own repository that is asked.
 *
 * @param signal ends the question, whose answer is null then.
 * @throws OrchestrateError of category io where git is there and can't be started.
 */
export async function gitState(directory: string, signal?: AbortSignal): Promise<GitState | null> {
  const status = ["status", "--porcelain=v2", "--branch", "--no-ahead-behind", "--untracked-files=no"];
  // Without optional locks it is in nobody's way who commits meanwhile.
  const text = await git(["-C", directory, "--no-optional-locks", ...status], signal);
  const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(text ?? "")?.[1];
  return commit === undefined ? null : { commit, dirty: /^[^#]/m.test(text ?? "") };
}

async function git(args: readonly string[], given: AbortSignal | undefined): Promise<string | undefined> {
  const { spawn } = await import("node:child_process");
  // A `timeout` of spawn's own would keep the process for as long where there is no git.
  const late = AbortSignal.timeout(5_000);
  const signal = given === undefined ? late : AbortSignal.any([given, late]);
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { stdio: ["ignore", "pipe", "ignore"], env: ownEnvironment(), signal });
    let text = "";
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ABORT_ERR") resolve(undefined);
      else reject(notStarted(error));
    });
    child.on("close", (status) => resolve(status === 0 ? text : undefined));
    // Where the system allows no pipe there is none.
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  });
}

/** The environment without what git tells its hooks of the repository that it works on. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_ONE_REPOSITORY.has(name)));
}

/** Those of `git rev-parse --local-env-vars` that say where a repository's parts are. */
const OF_ONE_REPOSITORY: ReadonlySet<string> = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

function notStarted(error: NodeJS.ErrnoException): OrchestrateError {
  const { code, hint } = ioWords(error.code);
  const detail = `git could not be asked for the commit that this run is of: ${error.message}.`;
  return new OrchestrateError({ error: code, category: "io", detail, hint }, { cause: error });
}
