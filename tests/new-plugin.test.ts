import { describe, expect, it } from "vitest";
import { PageProject } from "./docs/page-project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

describe.concurrent("what plugins new writes", () => {
  it.each([
    ["typescript", "cd words && tsc && node --test dist/*.test.js"],
    ["javascript", "cd words && node --test"],
  ])(
    "in %s passes its own tests and every check",
    async (language, test) => {
      const project = new PageProject(scratch);
      expect(await project.sh(`npx orchestrate plugins new words --language ${language}`)).toMatchObject({ status: 0 });
      const tested = await project.sh(test);
      expect(tested).toMatchObject({ status: 0, output: expect.stringMatching(/pass 2\n/) });
      const checked = await project.sh("npx orchestrate plugins check words --json");
      const { ok, checks } = JSON.parse(checked.output) as {
        readonly ok: boolean;
        readonly checks: readonly { readonly check: string; readonly state: string }[];
      };
      expect([ok, checks.filter(({ state }) => state !== "ok")]).toEqual([true, []]);
      expect(new Set(checks.map(({ check }) => check)).size).toBe(7 + 9);
      expect(await project.typeFaults()).toEqual([]);
    },
    120_000,
  );

  it("in TypeScript is typed in a pipeline of TypeScript: a field that there is not does not compile", async () => {
    const project = new PageProject(scratch);
    await project.sh("npx orchestrate plugins new words && cd words && tsc");
    project.write("words/package.json", await project.sh("cat words/package.json").then(({ output }) => output));
    const pipeline = (field: string) => `
      import { definePipeline } from "@orchestrate/sdk";
      import type {} from "words";
      const inputs = { text: { path: "notes.txt" } } as const;
      export default definePipeline({
        pipeline: "typed",
        phases: { count: { step: "words/count", with: { ${field}: 1 }, inputs } },
      });`;
    project.write("right.ts", pipeline("atLeast"));
    expect(await project.typeFaults()).toEqual([]);
    project.write("wrong.ts", pipeline("atMost"));
    expect((await project.typeFaults()).join("\n")).toMatch(/wrong\.ts\(\d+,\d+\): error TS2322: .*/);
  }, 120_000);
});
