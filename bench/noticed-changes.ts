/**
 * Nothing to do is only said where nothing was touched: a file that was changed, truncated or replaced is noticed even
 * where its size and its time of modification were put back: `node bench/noticed-changes.ts`. Throws where one is not.
 */
import { chmodSync, renameSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chain, firstSources } from "./graph.ts";
import { columns } from "./report.ts";
import { orchestrate } from "./sides/orchestrate.ts";
import { makeDirectory } from "./sides/rivals.ts";
import { checkResults } from "./sides/side.ts";
import { workspace } from "./workspace.ts";

const graph = chain(8);
const touches: Readonly<Record<string, (path: string) => void>> = {
  "changed, of equal size": (path) => writeFileSync(path, "7".padEnd(statSync(path).size - 1, "1") + "\n"),
  truncated: (path) => truncateSync(path, 0),
  "replaced, of equal size": (path) => {
    writeFileSync(`${path}.other`, "8".padEnd(statSync(path).size - 1, "1") + "\n");
    renameSync(`${path}.other`, path);
  },
};

const rows = Object.entries(touches).flatMap(([name, touch]) => [
  [`source ${name}`, sourceTouched(touch)],
  [`artifact ${name}`, artifactTouched(touch)],
]);
console.log(["Noticed, with the time of modification put back", ...columns(rows)].join("\n"));

/** A source counts as noticed where the run is a new one, or refuses what it finds. */
function sourceTouched(touch: (path: string) => void): string {
  using space = workspace();
  const side = orchestrate(graph, makeDirectory(space.path, "ours"), { work: "function", durability: "relaxed" });
  side.run();
  keepingTime(join(side.directory, "sources/s0.txt"), touch);
  if (side.didNothing(side.run()))
    throw new Error("a source was touched, and the run says that there is nothing to do");
  const computed = side.count("computed");
  if (computed !== graph.tasks.length) throw new Error(`only ${computed} phases ran again`);
  return `${computed} phases ran again`;
}

/** An artifact of the former run is not trusted any more: its phase runs again, and all results are right. */
function artifactTouched(touch: (path: string) => void): string {
  using space = workspace();
  const side = orchestrate(graph, makeDirectory(space.path, "ours"), { work: "function", durability: "relaxed" });
  side.run();
  const artifact = join(side.runDirectory(), "phases/t3/artifacts/out.txt");
  chmodSync(artifact, 0o644);
  keepingTime(artifact, touch);
  if (side.didNothing(side.run()))
    throw new Error("an artifact was touched, and the run says that there is nothing to do");
  checkResults(side, graph, firstSources(graph));
  return `${side.count("computed")} phase ran again`;
}

function keepingTime(path: string, touch: (path: string) => void): void {
  const { atime, mtime } = statSync(path);
  touch(path);
  utimesSync(path, atime, mtime);
}
