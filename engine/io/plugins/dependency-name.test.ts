import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { dependencyName, readDependencies, toSpecifier } from "./dependency-name.ts";

describe("toSpecifier", () => {
  it.each([
    ["words", "words"],
    ["@me/words@^1.0.0", "@me/words@^1.0.0"],
    ["./words", "/home/me/words"],
    ["../words-1.0.0.tgz", "/home/words-1.0.0.tgz"],
    ["words-1.0.0.tgz", "/home/me/words-1.0.0.tgz"],
    ["/srv/words.tgz", "/srv/words.tgz"],
    ["git+ssh://host.example/words.git", "git+ssh://host.example/words.git"],
    ["https://host.example/words.tgz", "https://host.example/words.tgz"],
  ])("%s is %s", (wanted, specifier) => {
    expect(toSpecifier(wanted, "/home/me")).toBe(specifier);
  });
});

describe("dependencyName", () => {
  it.each([
    ["a name", "words", {}, { words: "^1.0.0" }, "words"],
    ["a scope and a version", "@me/words@1.0.0", {}, { "@me/words": "1.0.0" }, "@me/words"],
    ["an archive", "/srv/w.tgz", { other: "1.0.0" }, { other: "1.0.0", words: "file:../srv/w.tgz" }, "words"],
    [
      "an archive that was installed already",
      "/srv/w.tgz",
      { words: "file:../srv/w.tgz" },
      { words: "file:../srv/w.tgz" },
      "words",
    ],
    ["an address", "git+ssh://h.example/w.git", { words: "^1.0.0" }, { words: "git+ssh://h.example/w.git" }, "words"],
    ["what is not there", "words", {}, {}, undefined],
  ])("finds %s", (_what, specifier, before, after, name) => {
    expect(dependencyName(specifier, { before, after, place: "/home" })).toBe(name);
  });
});

describe("readDependencies", () => {
  it("takes a plugin for a dependency wherever package.json has it", () => {
    const place = mkdtempSync(join(tmpdir(), "orchestrate-dependencies-"));
    onTestFinished(() => rmSync(place, { recursive: true }));
    expect(readDependencies(place)).toEqual({});
    const [dependencies, devDependencies, optionalDependencies] = [{ a: "1" }, { b: "2" }, { c: "file:c.tgz" }];
    writeFileSync(
      join(place, "package.json"),
      JSON.stringify({ dependencies, devDependencies, optionalDependencies, peerDependencies: { d: "4" } }),
    );
    expect(readDependencies(place)).toEqual({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
});
