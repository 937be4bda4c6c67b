import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filterChain } from "./filter-chain.ts";
import { loadFilter } from "./load-filter.ts";

let project = "";
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "filter-"));
});
afterEach(() => rmSync(project, { recursive: true }));

const meta = '[meta]\nname = "mine"\nversion = 1\n';
const scope = '[scope]\ndefault_exec = "trace"\ndefault_value_action = "allow"\n';
const inherits = '[scope]\ndefault_exec = "inherit"\ndefault_value_action = "inherit"\n';

function load(...texts: readonly string[]) {
  return loadFilter(
    texts.map((text, index) => ({ inline: `f${index}`, text })),
    "/project",
  );
}

describe("loadFilter", () => {
  it("takes rules in order, and later defaults and io in place of earlier ones", () => {
    const rule = (pattern: string) => `[[scope.rules]]\nselector = "pkg:${pattern}"\nexec = "skip"\n`;
    const filter = load(
      `${meta}[io]\ncapture = true\nstreams = ["stdout"]\n${scope}${rule("a")}`,
      `${meta}[scope]\ndefault_exec = "skip"\ndefault_value_action = "inherit"\n${rule("b")}`,
    );
    expect(filter).toMatchObject({ exec: "skip", value: "allow", valueSource: 0, io: { capture: true } });
    expect(filter.rules.map(({ selector, source }) => [selector.pattern, source])).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  it("tells where each source came from, with the digest of its bytes", () => {
    const path = join(project, "f.toml");
    writeFileSync(path, meta + scope);
    expect(loadFilter([{ path }], project).sources).toEqual([
      {
        path,
        root: project,
        name: "mine",
        version: 1,
        sha256: createHash("sha256")
          .update(meta + scope)
          .digest("hex"),
      },
    ]);
  });

  it("takes deny for redact, and a filter's project from .codetracer", () => {
    const path = join(project, ".codetracer", "trace-filter.toml");
    mkdirSync(join(project, ".codetracer"));
    writeFileSync(
      path,
      `${meta}${scope}[[scope.rules]]\nselector = "file:literal:${project}/src/a.js"\nvalue_default = "deny"\n`,
    );
    const [origin] = filterChain({ program: join(project, "src", "a.js"), builtin: [], environment: "", files: [] });
    const filter = loadFilter([origin!], "/elsewhere");
    expect(filter.sources[0]?.root).toBe(project);
    expect(filter.rules[0]).toMatchObject({ valueDefault: "redact", selector: { pattern: "src/a.js" } });
  });

  it.each([
    ["an unknown key", `${meta}extra = 1\n${scope}`, 'meta: Unrecognized key: "extra"'],
    [
      "an unknown key of a rule",
      `${meta}${scope}[[scope.rules]]\nselector = "pkg:a"\nmode = 1\n`,
      "scope.rules.0: Unrecognized key",
    ],
    ["a name that is empty", `[meta]\nname = " "\nversion = 1\n${scope}`, "meta.name: must not be empty"],
    [
      "a newer version",
      `[meta]\nname = "n"\nversion = 2\n${scope}`,
      "meta.version is 2, and the newest that is understood is 1",
    ],
    ["capture without streams", `${meta}[io]\ncapture = true\n${scope}`, "io: capture = true needs streams"],
    ["reserved modes", `${meta}[io]\nmodes = ["x"]\n${scope}`, "io.modes: is reserved, and must be empty"],
    ["inherit with nothing before", `${meta}${inherits}`, "scope.default_exec inherits, and nothing stands before"],
    ["no TOML", "[meta\n", "line 1, column"],
    ["an empty selector", rule(""), "scope.rules.0.selector: a selector must not be empty"],
    ["a kind that is none here", rule("local:x"), '"local" is no kind of a selector here; there are pkg, file, obj'],
    [
      "a value kind that is none",
      patterns("pkg:x"),
      '"pkg" is no kind of a selector here; there are local, global, arg, ret, attr',
    ],
    ["no pattern", rule("pkg"), '"pkg" has no pattern'],
    ["an empty pattern", rule("pkg:glob:"), '"pkg:glob:" has an empty pattern'],
    ["a colon without a match type", rule("pkg:a:b"), '"a" is no match type'],
    ["a bad expression", rule("pkg:regex:a("), '"a(" is no regex pattern'],
    ["a back reference", rule("pkg:regex:(a)\\\\1"), "is no regex pattern"],
    ["a long pattern", rule(`pkg:regex:${"a".repeat(513)}`), "the pattern of 513 bytes is longer than 512"],
    ["a file outside", rule("file:/elsewhere/a.js"), '"/elsewhere/a.js" does not lie below /project'],
    ["a file above", rule("file:../a.js"), '"../a.js" leaves /project'],
  ])("refuses %s", (_, text, problem) => {
    expect(() => load(text)).toThrow(expect.objectContaining({ code: "filter-invalid", category: "input" }));
    expect(() => load(text)).toThrow(problem);
    expect(() => load(text)).toThrow("The filter <inline:f0> says what can't be");
  });

  it("refuses no filter at all, and a file that is not there", () => {
    expect(() => load()).toThrow(
      expect.objectContaining({ code: "filter-empty", detail: "There is no filter at all." }),
    );
    expect(() => loadFilter([{ path: "/nowhere/f.toml" }], "/")).toThrow(
      expect.objectContaining({
        code: "filter-unreadable",
        detail: expect.stringContaining("/nowhere/f.toml can't be read"),
      }),
    );
  });

  it("takes a pattern with colons where the match type is said", () => {
    expect(load(rule("obj:literal:a:b")).rules[0]?.selector).toEqual({ kind: "obj", match: "literal", pattern: "a:b" });
  });
});

describe("the chain of filters", () => {
  it("is built-in, project, environment, config, each file once", () => {
    mkdirSync(join(project, ".codetracer"));
    const own = join(project, ".codetracer", "trace-filter.toml");
    writeFileSync(own, meta + scope);
    const chain = filterChain({
      program: join(project, "deep", "a.js"),
      builtin: ["default", "pytest"],
      environment: `/env/one.toml::/env/two.toml::${own}`,
      files: ["/config.toml"],
    });
    expect(chain.map((origin) => ("path" in origin ? origin.path : origin.inline))).toEqual([
      "builtin-default",
      "builtin-pytest",
      own,
      "/env/one.toml",
      "/env/two.toml",
      "/config.toml",
    ]);
  });
});

function rule(selector: string): string {
  return `${meta}${scope}[[scope.rules]]\nselector = "${selector}"\n`;
}

function patterns(selector: string): string {
  return `${rule("pkg:a")}[[scope.rules.value_patterns]]\nselector = "${selector}"\naction = "drop"\n`;
}
