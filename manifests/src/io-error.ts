import { ManifestError } from "./manifest-error.ts";

/**
 * Words for a system call that failed: `disk-full`, `not-permitted`, `too-many-open-files`, `not-found` or `io-failed`,
 * all of category io. An error that has its words already is returned as it is.
 *
 * @param doing what was tried, as "write the manifest".
 */
export function ioError(error: unknown, doing: string, path: string): ManifestError {
  if (error instanceof ManifestError) return error;
  const { code, hint } = ioWords(errnoOf(error));
  return new ManifestError(
    { error: code, category: "io", detail: `Could not ${doing} ${path}: ${messageOf(error)}.`, hint },
    { cause: error },
  );
}

/** The code and the hint for what a system call answered. */
export function ioWords(errno: string | undefined): { readonly code: string; readonly hint: string } {
  switch (errno) {
    case "ENOSPC":
    case "EDQUOT":
      return {
        code: "disk-full",
        hint: "Free some space on the disk that holds it (df -h; df -i for the number of files), then resume the run.",
      };
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return { code: "not-permitted", hint: "Make sure that this user may read and write there, then try again." };
    case "EMFILE":
    case "ENFILE":
      return { code: "too-many-open-files", hint: "Raise the limit (ulimit -n) or run fewer phases at once." };
    case "ENOENT":
      return { code: "not-found", hint: "Check the path; something may have removed it meanwhile." };
    default:
      return { code: "io-failed", hint: "Check the disk and the path, then try again." };
  }
}

/** The error's `code` as Node sets it (`ENOENT`), or undefined. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
