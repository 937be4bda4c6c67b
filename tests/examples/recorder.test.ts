import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { scratchDirectory } from "../rig/scratch-directory.ts";
import { ExampleProject, jsonIn, textIn } from "./example-project.ts";

const scratch = scratchDirectory();

describe("examples/recorder", () => {
  it("records both languages, finds where two recordings part, and withholds secrets", async () => {
    const project = new ExampleProject(scratch, "recorder");
    const { directory } = await project.runs();
    expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });

    expect(jsonIn(directory, "parted/artifacts/difference.json")).toMatchObject({
      equal: false,
      left: { does: "step primes.js:7" },
      right: { does: "step primes.js:5" },
    });
    expect(jsonIn(directory, "summary/artifacts/summary.json")).toMatchObject({
      functions: [{ function: "primesUpTo" }, { function: "factorsOf" }, {}, {}],
      withheld: { scopes_skipped: 1 },
    });
    expect(jsonIn(directory, "refused/artifacts/states.json")).toMatchObject([
      { calls: [{ function: "total", line: 9, variables: { discount: 10, net: 133.5 } }, {}, {}] },
    ]);
    const invoice = textIn(directory, "invoice/artifacts/trace/trace.json");
    expect(invoice).toContain("Harbour");
    expect(invoice).not.toMatch(/s3cr3t|4111/);

    expect((await project.sh("npx orchestrate run")).output).toContain("Nothing to do");
    expect(await project.sh("npx orchestrate verify")).toMatchObject({ status: 0 });
  }, 120_000);
});
