import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { StepError } from "../errors.ts";

/**
 * Puts into words why a program could not be started.
 *
 * @param path the variable PATH that it was looked for in.
 */
export function spawnError(
  error: unknown,
  program: string,
  cwd: string | undefined,
  path: string | undefined,
): StepError {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case "ENOENT":
      // The operating system says the same of a missing program and a missing working directory.
      if (cwd !== undefined && !existsSync(cwd)) {
        return failure("working-directory-missing", `The working directory "${cwd}" of "${program}" does not exist.`, {
          hint: "Name a directory that exists, or leave it out.",
          cause: error,
        });
      }
      if (program.includes("/") && existsSync(resolve(cwd ?? "", program)))
        return interpreterMissing(program, cwd, error);
      return notFound(program, error);
    case "EACCES":
      // Said as well where only a directory of PATH may not be looked into.
      if (!program.includes("/") && !isOnPath(program, path)) return notFound(program, error);
      return failure("program-not-executable", `"${program}" can't be executed.`, {
        hint: "Set its executable bit, or name the interpreter first, as in: python3 script.py.",
        cause: error,
      });
    case "E2BIG":
      return failure(
        "program-not-started",
        `The arguments and variables of "${program}" are more than this machine allows (E2BIG).`,
        {
          hint: "Write what is long to a file, and give its path; the item of a fan-out is a variable as well.",
          cause: error,
        },
      );
    default:
      return failure(
        "program-not-started",
        `The program "${program}" could not be started: ${error instanceof Error ? error.message : String(error)}.`,
        { hint: "Look at the arguments, and at what this machine allows a process.", cause: error },
      );
  }
}

function notFound(program: string, cause: unknown): StepError {
  return failure("program-not-found", `The program "${program}" was not found.`, {
    hint: program.includes("/")
      ? "Give the path of a file that exists."
      : "Install it, put its directory on PATH, or give its full path.",
    cause,
  });
}

/** The operating system says the same of a script as of the program in its first line. */
function interpreterMissing(script: string, cwd: string | undefined, cause: unknown): StepError {
  const interpreter = /^#! *(\S+)(\r?)/.exec(beginningOf(resolve(cwd ?? "", script)));
  const named = interpreter?.[1] ?? "a program";
  return failure("program-not-found", `"${script}" is to be run by ${named}, which was not found.`, {
    hint: interpreter?.[2]
      ? "Let its lines end in a line feed alone: the carriage return counts as part of the name."
      : "Install that program, or name another one first, as in: python3 script.py.",
    cause,
  });
}

/** As much as the operating system looks at; nothing of a file that may be executed and not read. */
function beginningOf(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(256);
      return bytes.toString("latin1", 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
}

function isOnPath(program: string, path = ""): boolean {
  return path.split(delimiter).some((directory) => existsSync(join(directory, program)));
}

function failure(error: string, detail: string, { hint, cause }: { hint: string; cause: unknown }): StepError {
  return new StepError({ error, category: "input", detail, hint }, { cause });
}
