import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Candidate } from "../../core/plan/candidate.ts";
import { materialise } from "./materialise.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "materialise-"));
  mkdirSync(join(place, "phase/artifacts/tree"), { recursive: true });
  mkdirSync(join(place, "staging"));
  writeFileSync(join(place, "phase/artifacts/one.txt"), "one");
  writeFileSync(join(place, "phase/artifacts/tree/two.txt"), "two");
});
afterEach(() => rmSync(place, { recursive: true }));

const digest = `sha256:${"0".repeat(64)}` as const;
const candidate = (): Candidate => ({
  run: "run",
  phase: "phase",
  key: null,
  committed: "2026-11-21T12:00:00.000Z",
  directory: join(place, "phase"),
  fingerprint: digest,
  manifest: digest,
  outputs: {
    one: { path: "artifacts/one.txt", digest, size: 3, kind: "*", form: "file" },
    tree: { path: "artifacts/tree", digest, size: 3, kind: "*", form: "directory" },
  },
});
const links = (path: string) => statSync(join(place, "staging", path)).nlink;

/** As it is where a file has as many links as it may have. */
const linkNoTwo: typeof linkSync = (from, to) => {
  if (String(from).endsWith("two.txt")) throw Object.assign(new Error("too many links"), { code: "EMLINK" });
  linkSync(from, to);
};

describe("materialise", () => {
  it("links every file", () => {
    expect(materialise(candidate(), join(place, "staging"), "link")).toBe("linked");
    expect([links("one.txt"), links("tree/two.txt")]).toEqual([2, 2]);
  });

  it("copies what can't be linked, and says that the bytes are not all the original's", () => {
    expect(materialise(candidate(), join(place, "staging"), "link", linkNoTwo)).toBe("mixed");
    expect([links("one.txt"), links("tree/two.txt")]).toEqual([2, 1]);
    expect(readFileSync(join(place, "staging/tree/two.txt"), "utf8")).toBe("two");
  });

  it("copies where copies are wanted", () => {
    expect(materialise(candidate(), join(place, "staging"), "copy")).toBe("copied");
    expect([links("one.txt"), links("tree/two.txt")]).toEqual([1, 1]);
  });

  it("says that a candidate is gone", () => {
    rmSync(join(place, "phase/artifacts/tree/two.txt"));
    rmSync(join(place, "phase/artifacts/tree"), { recursive: true });
    expect(materialise(candidate(), join(place, "staging"), "link")).toBe("gone");
  });
});
