import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";
import type { Digest } from "../schema/digest.ts";
import { digestBytes } from "./digest-bytes.ts";

export interface SizedDigest {
  readonly digest: Digest;
  /** Bytes that were digested; of a directory, the sum over its files. */
  readonly size: number;
}

/**
 * SHA-256 of a file's bytes; symbolic links are followed. Up to 1 MiB is read at once, synchronously; more in pieces of
 * 4 MiB without blocking.
 *
 * @throws ManifestError `not-a-file` (input), or of category io where it can't be read.
 */
export async function digestFile(path: string): Promise<SizedDigest> {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw notAFile(path);
    return await digestKnownFile(path, stats.size);
  } catch (error) {
    throw ioError(error, "digest", path);
  }
}

/** The same for what is known to be a regular file of about `size` bytes. */
export async function digestKnownFile(path: string, size: number): Promise<SizedDigest> {
  try {
    return size <= small ? digestAtOnce(path) : await digestInPieces(path);
  } catch (error) {
    throw ioError(error, "digest", path);
  }
}

const small = 1024 * 1024;
const piece = 4 * 1024 * 1024;

function digestAtOnce(path: string): SizedDigest {
  const bytes = readFileSync(path);
  return { digest: digestBytes(bytes), size: bytes.length };
}

async function digestInPieces(path: string): Promise<SizedDigest> {
  await using handle = await open(path);
  const sha256 = createHash("sha256");
  const buffer = Buffer.allocUnsafeSlow(piece);
  let size = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, piece);
    if (bytesRead === 0) return { digest: `sha256:${sha256.digest("hex")}`, size };
    sha256.update(buffer.subarray(0, bytesRead));
    size += bytesRead;
  }
}

function notAFile(path: string): ManifestError {
  return new ManifestError({
    error: "not-a-file",
    category: "input",
    detail: `${path} is not a regular file.`,
    hint: "Name a regular file, or declare it as a directory if it is one.",
  });
}
