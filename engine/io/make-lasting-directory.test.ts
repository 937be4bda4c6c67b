import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeLastingDirectory } from "./make-lasting-directory.ts";

const scratch = mkdtempSync(join(tmpdir(), "lasting-"));
afterAll(() => rmSync(scratch, { recursive: true }));

describe("makeLastingDirectory", () => {
  it("makes all that is missing, and minds nothing that is there", () => {
    const path = join(scratch, "a/b/c");
    for (let time = 0; time < 2; time++) {
      makeLastingDirectory(path);
      expect(statSync(path).isDirectory()).toBe(true);
    }
  });

  it.runIf(existsSync("/proc/self"))("fails where no directory can be made", () => {
    expect(() => makeLastingDirectory("/proc/nowhere/below")).toThrow(/ENOENT/);
  });

  it("fails where a link that leads nowhere stands in the way", () => {
    symlinkSync("nowhere", join(scratch, "link"));
    expect(() => makeLastingDirectory(join(scratch, "link"))).toThrow(/EEXIST/);
  });

  it("fails where a file stands in the way", () => {
    expect(() => makeLastingDirectory("/dev/null/a")).toThrow(/ENOTDIR/);
  });
});
