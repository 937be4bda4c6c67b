import { describe, expect, it } from "vitest";
import { globPattern } from "./glob-pattern.ts";
import { matcher } from "./matcher.ts";

describe("a glob", () => {
  it.each([
    ["*.py", "main.py", true],
    ["*.py", "src/main.py", false],
    ["src/*", "src/a/b", false],
    ["src/**", "src/a/b", true],
    ["src/**", "src", false],
    ["**/main.py", "main.py", true],
    ["**/main.py", "a/b/main.py", true],
    ["**/main.py", "a/domain.py", false],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["a/**/b", "axb", false],
    ["**", "any/thing", true],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[!a-c]x", "/x", false],
    ["{one,two}.{js,ts}", "two.js", true],
    ["{one,two}.{js,ts}", "three.js", false],
    ["app.*", "app.views.index", true],
    ["a+b(c)", "a+b(c)", true],
    ["a\\*", "a*", true],
    ["a\\*", "ab", false],
    ["été*", "étés", true],
    ["*", "line\nbreak", true],
  ])("%s and %s: %s", (glob, text, matches) => {
    expect(matcher({ match: "glob", pattern: glob })(text)).toBe(matches);
  });

  it("says what is not closed", () => {
    expect(() => globPattern("{a,b")).toThrow('the brace in "{a,b" is not closed');
    expect(() => globPattern("[ab")).toThrow('the bracket in "[ab" is not closed');
  });
});

describe("a regular expression", () => {
  it("searches, ignores case where it says so, and takes linear time", () => {
    expect(matcher({ match: "regex", pattern: "(?i)secret" })("mySECRETs")).toBe(true);
    expect(matcher({ match: "literal", pattern: "a.c" })("abc")).toBe(false);
    // V8 would need longer than the universe has for this one.
    expect(matcher({ match: "regex", pattern: "^(a|a)*$" })(`${"a".repeat(5000)}b`)).toBe(false);
  });
});
