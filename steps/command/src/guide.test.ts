import { readFileSync } from "node:fs";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import step from "./run.ts";

const guide = readFileSync(new URL("../../../docs/guide/commands.md", import.meta.url), "utf8");

describe("docs/guide/commands.md", () => {
  it("shows how Python reports progress, in three lines that work", async () => {
    const lines = /```python\n([^`]*)```/.exec(guide)?.[1] ?? "";
    expect(lines.trimEnd().split("\n").length).toBe(3);
    using result = await runStep(step, { config: { argv: ["python3", "-c", lines] } });
    expect(result.error).toBeUndefined();
    expect(result.progress).toEqual([{ done: 1, total: 10, message: undefined }]);
  });

  it("shows how Python reads a gathered input", async () => {
    const loop = /In Python:\n\n((?: {4}.*\n)+)/.exec(guide)?.[1] ?? "";
    const script = `import os\n${loop.replaceAll(/^ {4}/gm, "")}    print(key, open(path).read())`;
    using result = await runStep(step, {
      config: { argv: ["python3", "-c", script] },
      inputs: {
        metrics: [
          { key: "a", text: "1" },
          { key: "b", text: "2" },
        ],
      },
    });
    expect(result.log.map(({ message }) => message)).toEqual(["a 1", "b 2"]);
  });

  it("shows how a shell reports progress", async () => {
    const echo = /In a shell: `(.*)`/.exec(guide)?.[1] ?? "";
    using result = await runStep(step, { config: { shell: echo } });
    expect(result.progress).toEqual([{ done: 1, total: 10, message: undefined }]);
  });

  it("names every error of the step", () => {
    for (const code of [
      "command-failed",
      "template-unknown",
      "template-unclosed",
      "project-file-missing",
      "gathered-unlistable",
    ]) {
      expect(guide).toContain(`\`${code}\``);
    }
  });
});
