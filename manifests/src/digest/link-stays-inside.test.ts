import { describe, expect, it } from "vitest";
import { linkStaysInside } from "./link-stays-inside.ts";

const links = new Set(["deep/up", "side"]);

describe("linkStaysInside", () => {
  it.each([
    ["a", "b", true],
    ["a", "./b//c/", true],
    ["deep/a", "../b", true],
    ["deep/a", "..", true],
    ["a", "deep/../b", true],
    ["a", "side/b", true],
    ["a", "..", false],
    ["a", "../other", false],
    ["deep/a", "../../b", false],
    ["a", "/etc/passwd", false],
    ["a", "b/../../c", false],
    // deep/up may lead to the root of the tree, and its .. out of it.
    ["a", "deep/up/../b", false],
    ["a", "side/deeper/../b", false],
  ])("a link at %s to %s: %s", (path, target, inside) => {
    expect(linkStaysInside(path, target, (other) => links.has(other))).toBe(inside);
  });
});
