import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { PageProject } from "../docs/page-project.ts";
import { resultOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = scratchDirectory();

describe("examples/hashmap", () => {
  it("measures three maps side by side, once", async () => {
    const project = new PageProject(scratch);
    cpSync(join(root, "examples/hashmap"), project.directory, {
      recursive: true,
      filter: (path) => basename(path) !== "runs",
    });

    const first = await project.sh("npx orchestrate run --json");
    expect(first).toMatchObject({ status: 0 });
    const { directory } = resultOf({ status: 0, signal: null, stdout: first.output, stderr: "" });
    const artifact = (path: string) => readFileSync(join(directory, "phases", path), "utf8");
    const backends = ["chaining", "robin-hood", "adaptive"];
    const summaries = backends.map((backend) => JSON.parse(artifact(`replay/${backend}/artifacts/summary.json`)));
    expect(summaries.map(({ total_ops }) => total_ops)).toEqual([200_000, 200_000, 200_000]);
    // The maps differ in how they do it, and not in what they hold.
    expect(new Set(summaries.map(({ hits, entries }) => `${hits} ${entries}`)).size).toBe(1);
    const report = artifact("report/artifacts/report.md");
    for (const backend of backends) expect(report).toMatch(new RegExp(`^\\| ${backend} \\| 200000 \\|`, "m"));
    expect(artifact("report/artifacts/report.html").match(/<svg /g)).toHaveLength(4);
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
