import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const carrying = (text: string, extra: object = {}) => ({
  pipeline: "carrying",
  phases: {
    kept: { step: "rig/write", with: { name: "kept", text } },
    reader: { step: "rig/write", with: { name: "reader" }, inputs: { before: { previous: "kept.text" } } },
  },
  ...extra,
});

/** What `reader` saw of the run before, for each of several pipelines that are run one after another. */
async function seenBy(project: Project, ...pipelines: readonly object[]): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const pipeline of pipelines) {
    project.pipeline(pipeline);
    const { directory } = resultOf(await project.orchestrate(["run", "--json"]));
    seen.push(readFileSync(join(directory, "phases/reader/artifacts/text.txt"), "utf8").split("\n")[0]!);
  }
  return seen;
}

it("what a run takes up is of the last one, though an earlier run held all that was asked for then", async () => {
  const project = new Project(scratch, { pipeline: carrying("a") });
  const [a, b] = [carrying("a"), carrying("b")];
  expect(await seenBy(project, a, b, a, b, a)).toEqual(["text", "a", "b", "a", "b"]);
  const last = await seenBy(project, b, a);
  expect(last).toEqual(["a", "b"]);
  // What is asked for again without a change is newest already, once it was taken up.
  expect(await seenBy(project, a, a)).toEqual(["a", "a"]);
  expect((await project.orchestrate(["run"])).stdout).toContain("Nothing to do");
});

it("states that begin alike go on each by itself", async () => {
  const project = new Project(scratch, { pipeline: carrying("a") });
  const [north, south] = [{ state: "north" }, { state: "south" }];
  expect(await seenBy(project, carrying("a", north), carrying("a", south), carrying("b", south))).toEqual([
    "text",
    "text",
    "a",
  ]);
});
