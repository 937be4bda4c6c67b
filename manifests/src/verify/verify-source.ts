import { statSync } from "node:fs";
import { resolve } from "node:path";
import { digestFile } from "../digest/digest-file.ts";
import { digestTree } from "../digest/digest-tree.ts";
import { errnoOf, ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";
import type { InputRecord } from "../schema/phase-manifest.ts";
import type { ReadRun } from "./read-run.ts";
import { expectEqual, type Findings } from "./verification.ts";

/** Whether sources outside of the run are looked at, where they are there. */
export type SourceCheck = "check" | "skip";

type Source = Extract<InputRecord, { path: string } | { previous: string }>;

/** Checks an input that lies outside of the run; one that is not there any more is no problem, but unchecked. */
export async function verifySource(
  run: ReadRun,
  where: string,
  source: Source,
  sources: SourceCheck,
  findings: Findings,
): Promise<void> {
  if (sources === "skip") {
    findings.unchecked.push({ where, why: "outside of the run, and skipped" });
    return;
  }
  const path = locate(run, source);
  const found = path === undefined ? undefined : await digestOfSource(path);
  if (found === undefined) {
    findings.unchecked.push({ where, why: "outside of the run, and not there" });
    return;
  }
  findings.checked.sources++;
  expectEqual(findings, { where, what: "source has changed since", expected: source.digest, found });
}

/** Relative paths start from the pipeline's root, which run.json gives relative to the run directory where it can. */
function locate({ runDir, document }: ReadRun, source: Source): string | undefined {
  if ("path" in source) return resolve(runDir, document?.document.root ?? ".", source.path);
  const pinned = document?.document.previous[source.previous];
  return pinned?.digest === source.digest ? resolve(runDir, pinned.path) : undefined;
}

async function digestOfSource(path: string): Promise<string | undefined> {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return (await (stats.isDirectory() ? digestTree(path) : digestFile(path))).digest;
  } catch (error) {
    if (errnoOf(error) === "ENOTDIR") return undefined;
    if (error instanceof ManifestError && error.category === "input") return error.detail;
    throw ioError(error, "digest", path);
  }
}
