import { beforeAll, describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const items = Array.from({ length: 30 }, (_, at) => at);

/** Thirty instances, a gather of them, and thirty that read one each. */
const pipeline = {
  pipeline: "many",
  durability: "relaxed",
  phases: {
    fan: {
      step: "rig/write",
      each: { at: items },
      key: "k${item.at}",
      with: { name: "fan${item.at}" },
      inputs: { before: { path: "notes.txt" } },
    },
    all: { step: "rig/join", inputs: { parts: "fan[*].text" } },
    last: {
      step: "rig/write",
      each: { at: items },
      key: "k${item.at}",
      with: { name: "last" },
      inputs: { before: "fan.text" },
    },
  },
};

describe("of a large fan-out", () => {
  let project: Project;
  const lines = async (...words: readonly string[]) => {
    const { stdout } = await project.orchestrate(words);
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.replaceAll(/20\d{6}T\d{6}Z-\w+/g, "RUN").replaceAll(/sha256:[0-9a-f]+/g, "HASH"));
  };

  beforeAll(async () => {
    project = new Project(scratch, { pipeline, files: { "notes.txt": "notes" } });
    await project.orchestrate(["run"]);
    project.write("notes.txt", "other");
  }, 60_000);

  it("a plan tells the first few that are decided on alike, and counts the rest", async () => {
    expect(await lines("plan")).toEqual([
      ...["k0", "k1", "k2"].flatMap((key) => [
        `run      fan[${key}]   changed since RUN`,
        "                   inputs.before: HASH → HASH",
      ]),
      "run      fan       … and 27 more",
      ...["k0", "k1", "k2"].map((key) => `depends  last[${key}]  on fan[${key}]`),
      "depends  last      … and 27 more",
      "depends  all       on fan[*]",
      "30 to run, 0 to reuse, 31 depending on others.",
    ]);
  });

  it("an explanation tells the first few, and the first few that they wait for; --json tells all", async () => {
    const fan = await lines("explain", "fan");
    expect(fan.filter((line) => !line.startsWith("  "))).toEqual([
      ...["k0", "k1", "k2"].map((key) => `fan[${key}]: runs — changed since RUN`),
      "fan: … and 27 more; --json shows all.",
    ]);
    expect(await lines("explain", "all")).toEqual([
      "all: depends on fan[*]",
      ...["k0", "k1", "k2"].flatMap((key) => [
        `  because fan[${key}]: runs — changed since RUN`,
        "    inputs.before: HASH → HASH",
      ]),
      "  because fan: … and 27 more; --json shows all.",
    ]);
    const [all] = JSON.parse((await project.orchestrate(["explain", "all", "--json"])).stdout);
    expect(all).toMatchObject({ id: "all", upstream: items.map((at) => `fan[k${at}]`) });
  });

  it("a comparison and a reproduction tell the first few that differ alike", async () => {
    await project.orchestrate(["run"]);
    const shown = ["  inputs.before  HASH  →  HASH", "  outputs.text   HASH  →  HASH", ""];
    const few = (phase: string) => [
      ...["k0", "k1", "k10"].flatMap((key) => [`${phase}[${key}]`, ...shown]),
      `${phase}: … and 27 more; --json shows all.`,
    ];
    expect(await lines("diff", ...project.runs())).toEqual([
      ...few("fan"),
      ...["", "all"],
      ...["k0", "k1", "k2", "k3", "k4", "k5"].map((key) => `  inputs.parts ${key}  HASH  →  HASH`),
      "  inputs.parts     … and 24 more",
      "  outputs.joined   HASH  →  HASH",
      "  outputs.tree     HASH  →  HASH",
      "",
      ...few("last"),
    ]);
    const again = await lines("reproduce", "--phases=fan");
    expect(again.filter((line) => /✓ {2}fan/.test(line))).toEqual([
      ...["k0", "k1", "k10"].map((key) => `  ✓  fan[${key}]`),
      "  ✓  fan       … and 27 more likewise; --json shows all",
    ]);
  });

  it("all results are told with --json, though people are told a dozen", async () => {
    const ended = await project.orchestrate(["run", "--json"]);
    expect(resultOf(ended).results.filter(({ phase }) => phase.startsWith("last["))).toHaveLength(30);
  });
});
