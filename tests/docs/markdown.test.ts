import { describe, expect, it } from "vitest";
import { checkYaml } from "./check-yaml.ts";
import { faultOf } from "./commands-of.ts";
import { anchorsOf, blocksOf, codeOf, linksOf } from "./markdown.ts";
import { linesNotPrinted } from "./output-of.ts";

const page = [
  "# All `of` it",
  "",
  "See [it](other.md#part), `npx orchestrate run`.",
  "",
  "```yaml a/b.yaml",
  "x: [1](2)",
]
  .concat("```", "", "```", "plain", "```", "")
  .join("\n");

describe("a page", () => {
  it("gives its blocks, with language, file and line", () => {
    expect(blocksOf(page)).toEqual([
      { language: "yaml", file: "a/b.yaml", text: "x: [1](2)\n", line: 5 },
      { language: "", file: undefined, text: "plain\n", line: 9 },
    ]);
  });

  it("gives the links, headings and code of its prose", () => {
    expect(linksOf(page)).toEqual(["other.md#part"]);
    expect(anchorsOf(page)).toEqual(["all-of-it"]);
    expect(codeOf(page)).toEqual(["of", "npx orchestrate run"]);
  });
});

describe("what a page shows of an output", () => {
  it("may differ in runs, durations, digests and spaces, and leave lines out", () => {
    const printed = "✓ a     7 ms  n 3\nbetween\nRun 20260101T000000Z-ab12 has sha256:00ff\n";
    expect(linesNotPrinted("✓ a 1.5 s  n 3\nRun 20251231T235959Z-zz99 has sha256:ffff\n", printed)).toEqual([]);
  });

  it("must have been printed, as often as it is shown, in any order", () => {
    expect(linesNotPrinted("✓ a 1 ms n 4\n", "✓ a 1 ms n 3\n")).toEqual(["✓ a DURATION n 4"]);
    expect(linesNotPrinted("two\none\n", "one\ntwo\n")).toEqual([]);
    expect(linesNotPrinted("one\none\n", "one\ntwo\n")).toEqual(["one"]);
  });
});

describe("a command in the prose", () => {
  it.each([
    ["npx orchestrate run --set a.b=1", undefined],
    ["orchestrate profile describe audit --format json", undefined],
    ["orchestrate profile", undefined],
    ["orchestrate --version", undefined],
    ["orchestrate top-words --all", undefined],
    ["orchestrate rnu", 'there is no command "rnu "'],
    ["orchestrate verify --keep-going", "verify [run] has no option --keep-going"],
  ])("%s", (code, fault) => {
    expect(faultOf(code, ["top-words"])).toBe(fault);
  });
});

describe("YAML without a file", () => {
  it("is a pipeline, a profile or phases", () => {
    expect(() => checkYaml("phases: { a: { step: x/y } }")).not.toThrow();
    expect(() => checkYaml("phases: { a: { stp: x/y } }")).toThrow(/stp/);
    expect(() => checkYaml("pipeline: p\nphases: { a: { step: 1 } }")).toThrow(/step/);
    expect(() => checkYaml("profile: p\nphases: {}")).toThrow(/description/);
  });
});
