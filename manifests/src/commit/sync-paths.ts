import { closeSync, fsync, fsyncSync, openSync } from "node:fs";
import { promisify } from "node:util";
import { ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";

/**
 * Makes files and directories durable with fsync, in parallel and in no order.
 *
 * @throws ManifestError `fsync-failed`, or what `ioError` says where a path can't be opened (io). It is never tried
 * again: after a failure the kernel may have dropped the unwritten pages, and a second fsync would report success.
 */
export async function syncPaths(paths: readonly string[]): Promise<void> {
  const waiting = paths.values();
  const lanes = Array.from({ length: Math.min(paths.length, mostOpen) }, async () => {
    for (const path of waiting) await syncPath(path);
  });
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/**
 * Makes one file or directory durable at once, which spares two changes of threads. Nothing else is done meanwhile:
 * only for whoever has nothing else to do.
 *
 * @throws ManifestError as `syncPaths`.
 */
export function syncPathNow(path: string): void {
  const descriptor = open(path);
  try {
    fsyncSync(descriptor);
  } catch (error) {
    throw fsyncFailed(path, error);
  } finally {
    closeSync(descriptor);
  }
}

/** More would only queue up: Node has four threads for this unless told otherwise. */
const mostOpen = 8;
const fsyncDescriptor = promisify(fsync);

async function syncPath(path: string): Promise<void> {
  const descriptor = open(path);
  try {
    await fsyncDescriptor(descriptor);
  } catch (error) {
    throw fsyncFailed(path, error);
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw ioError(error, "make durable", path);
  }
}

function fsyncFailed(path: string, cause: unknown): ManifestError {
  return new ManifestError(
    {
      error: "fsync-failed",
      category: "io",
      detail: `Could not make ${path} durable: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: "Nothing of this attempt was committed. Check the disk (dmesg, smartctl), then resume the run.",
    },
    { cause },
  );
}
