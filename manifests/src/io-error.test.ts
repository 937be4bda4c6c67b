import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { ioError } from "./io-error.ts";
import { ManifestError } from "./manifest-error.ts";

function failed(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says`), { code });
}

describe("ioError", () => {
  it.each([
    ["ENOSPC", "disk-full", "Free some space"],
    ["EDQUOT", "disk-full", "Free some space"],
    ["EROFS", "not-permitted", "may read and write there"],
    ["EACCES", "not-permitted", "may read and write there"],
    ["EMFILE", "too-many-open-files", "ulimit -n"],
    ["ENOENT", "not-found", "Check the path"],
    ["EIO", "io-failed", "Check the disk"],
  ])("has words for %s", (errno, code, hint) => {
    const error = ioError(failed(errno), "write", "/runs/r");
    expect(error.toEnvelope()).toEqual({
      error: code,
      category: "io",
      detail: `Could not write /runs/r: ${errno}: as the system says.`,
      hint: expect.stringContaining(hint),
    });
    expect(error.message).toBe(`${error.detail} ${error.hint}`);
  });

  it("leaves an error as it is that has its words", () => {
    const error = new ManifestError({ error: "x", category: "failed", detail: "d", hint: "h" });
    expect(ioError(error, "write", "/runs/r")).toBe(error);
  });

  it("reads a directory without permission as the system answers it", () => {
    const script = `
      import { ioError } from ${JSON.stringify(new URL("./io-error.ts", import.meta.url).href)};
      import { readdirSync } from "node:fs";
      if (process.getuid() === 0) process.setuid(65534);
      try { readdirSync("/root"); } catch (error) { console.log(ioError(error, "list", "/root").code); }`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect(stdout.trim()).toBe("not-permitted");
  });
});
