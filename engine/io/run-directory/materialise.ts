import { type linkSync, lstatSync, mkdirSync, readdirSync, readlinkSync, type Stats, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { errnoOf } from "@orchestrate/manifests";
import type { Candidate } from "../../core/plan/candidate.ts";
import type { Laid } from "../../run/ports/run-files.ts";
import { FileLayer } from "./file-layer.ts";

/**
 * Lays a candidate's artifacts into a staging directory: by reflink where the file system can, else by hard link, else
 * as copies.
 *
 * @param link makes a hard link; throws as `linkSync` does where it can't.
 */
export function materialise(
  candidate: Candidate,
  staging: string,
  mode: "link" | "copy",
  link?: typeof linkSync,
): Laid | "gone" {
  const ways = new Set<"linked" | "copied">();
  const layer = new FileLayer(link);
  try {
    for (const { path } of Object.values(candidate.outputs)) {
      const below = path.replace(/^artifacts\//, "");
      if (below.includes("/")) mkdirSync(dirname(`${staging}/${below}`), { recursive: true });
      layEntry(`${candidate.directory}/${path}`, `${staging}/${below}`, (from, to, stats) =>
        ways.add(layer.lay({ from, to, mode }, stats)),
      );
    }
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return "gone";
    throw error;
  }
  if (!ways.has("linked")) return "copied";
  return ways.has("copied") ? "mixed" : "linked";
}

function layEntry(from: string, to: string, layFile: (from: string, to: string, stats: Stats) => void): void {
  const stats = lstatSync(from);
  if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else if (!stats.isDirectory()) layFile(from, to, stats);
  else {
    mkdirSync(to);
    for (const name of readdirSync(from)) layEntry(`${from}/${name}`, `${to}/${name}`, layFile);
  }
}
