import { cpSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { PageProject } from "../docs/page-project.ts";
import { resultOf } from "../rig/reports.ts";
import { scratchDirectory } from "../rig/scratch-directory.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scratch = scratchDirectory();

describe("examples/recorder", () => {
  it("records both languages, finds where two recordings part, and withholds secrets", async () => {
    const project = new PageProject(scratch);
    cpSync(join(root, "examples/recorder"), project.directory, {
      recursive: true,
      filter: (path) => basename(path) !== "runs",
    });

    const first = await project.sh("npx orchestrate run --json");
    expect(first).toMatchObject({ status: 0 });
    const { directory } = resultOf({ status: 0, signal: null, stdout: first.output, stderr: "" });
    const read = (path: string) => readFileSync(join(directory, "phases", path), "utf8");
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    expect(JSON.parse(read("parted/artifacts/difference.json"))).toMatchObject({
      equal: false,
      left: { does: "step primes.js:7" },
      right: { does: "step primes.js:5" },
    });
    expect(JSON.parse(read("summary/artifacts/summary.json"))).toMatchObject({
      functions: [{ function: "primesUpTo" }, { function: "factorsOf" }, {}, {}],
      withheld: { scopes_skipped: 1 },
    });
    expect(JSON.parse(read("refused/artifacts/states.json"))).toMatchObject([
      { calls: [{ function: "total", line: 9, variables: { discount: 10, net: 133.5 } }, {}, {}] },
    ]);
    const invoice = read("invoice/artifacts/trace/trace.json");
    expect(invoice).toContain("Harbour");
    expect(invoice).not.toMatch(/s3cr3t|4111/);

    expect((await project.sh("npx orchestrate run")).output).toContain("Nothing to do");
    expect(await project.sh("npx orchestrate verify")).toMatchObject({ status: 0 });
  }, 120_000);
});
