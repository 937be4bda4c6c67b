import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { scratchDirectory } from "../rig/scratch-directory.ts";
import { ExampleProject, jsonIn, textIn } from "./example-project.ts";

const scratch = scratchDirectory();

describe("examples/hashmap", () => {
  it("measures three maps side by side, once", async () => {
    const project = new ExampleProject(scratch, "hashmap");
    const { directory } = await project.runs();
    const backends = ["chaining", "robin-hood", "adaptive"];
    const summaries = backends.map((backend) => jsonIn(directory, `replay/${backend}/artifacts/summary.json`));
    expect(summaries.map(({ total_ops }) => total_ops)).toEqual([200_000, 200_000, 200_000]);
    // The maps differ in how they do it, and not in what they hold.
    expect(new Set(summaries.map(({ hits, entries }) => `${hits} ${entries}`)).size).toBe(1);
    const report = textIn(directory, "report/artifacts/report.md");
    for (const backend of backends) expect(report).toMatch(new RegExp(`^\\| ${backend} \\| 200000 \\|`, "m"));
    expect(textIn(directory, "report/artifacts/report.html").match(/<svg /g)).toHaveLength(4);
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    expect((await project.sh("npx orchestrate run")).output).toContain("Nothing to do");
    expect((await project.sh("npx orchestrate verify")).output).toContain("every digest agrees");

    const [snapshot] = globSync("runs/*/phases/replay/adaptive/artifacts/map.snapshot", { cwd: project.directory });
    const bytes = readFileSync(join(project.directory, snapshot!));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(project.directory, "changed.snapshot"), bytes);
    const refused = await project.sh("npx orchestrate step hashmap/verify --input snapshot=changed.snapshot");
    expect(refused.status).toBe(3);
    expect(refused.output).toContain("The snapshot does not have the digest it says.");
  }, 120_000);
});
