import { type Digest, digestJson } from "@orchestrate/manifests";
import { areSettled, type CodeStamp, sameStamps } from "./code-stamp.ts";
import { ModuleGraph } from "./module-graph.ts";

/** What is digested: a module, and files of its package that it declares as code. */
export interface CodeRequest {
  /** The module, absolute. */
  readonly entry: string;
  /** Its package's directory, absolute. */
  readonly directory: string;
  /** Files and directories, relative to `directory`, that count as code as well. */
  readonly extra: readonly string[];
}

export interface DigestedCode {
  /** The digest over the entry's name and `files`. */
  readonly code: Digest;
  /** `package/path` to the file's digest, `package@version` to its lockfile integrity. */
  readonly files: Readonly<Record<string, string>>;
}

/** A digest, with the stamps that tell whether it still holds. */
export interface KnownCode extends DigestedCode {
  readonly stamps: readonly CodeStamp[];
}

/** Where earlier digests are kept. */
export interface CodeCache {
  code(key: string): KnownCode | undefined;
  putCode(key: string, known: KnownCode): void;
}

/**
 * The digest of all code that a module can run: its module graph. Relative imports count by content. A package that a
 * lockfile pins counts by name, version and integrity, with all that it depends on; one without (a workspace, a link)
 * is followed by content. What can't be followed, as a computed import or CommonJS, counts as its whole package.
 *
 * Where nothing that was looked at has changed since (size, times, inode), the answer comes from `cache`.
 *
 * @throws OrchestrateError `code-file-missing` or `code-path-escapes` (input) for a file in `extra`.
 */
export async function digestCode(request: CodeRequest, cache: CodeCache): Promise<KnownCode> {
  const key = JSON.stringify([request.entry, ...request.extra]);
  const known = cache.code(key);
  if (known !== undefined && sameStamps(known.stamps)) return known;
  const began = Date.now();
  const graph = new ModuleGraph(request);
  const { entry, files } = await graph.collect();
  const stamps = graph.stamps();
  const digested = { code: digestJson({ entry, files }), files, stamps };
  if (areSettled(stamps, began)) cache.putCode(key, digested);
  return digested;
}

/** Whether a module still has the code that was digested; at once where nothing was written since. */
export function isSameCode(request: CodeRequest, known: KnownCode, cache: CodeCache): boolean | Promise<boolean> {
  if (sameStamps(known.stamps)) return true;
  // What can't be read any more is not what it was.
  return digestCode(request, cache).then(
    ({ code }) => code === known.code,
    () => false,
  );
}
