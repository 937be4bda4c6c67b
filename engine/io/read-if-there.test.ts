import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readIfThere } from "./read-if-there.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "read-if-there-"));
  writeFileSync(join(place, "file"), "text");
});
afterEach(() => rmSync(place, { recursive: true }));

const WITHOUT_DESCRIPTORS = `
  import { openSync } from "node:fs";
  import { readIfThere } from ${JSON.stringify(new URL("./read-if-there.ts", import.meta.url))};
  try { for (;;) openSync("/dev/null"); } catch {}
  try { console.log(readIfThere(process.argv[1])); } catch (error) { console.log(error.code); }`;

describe("readIfThere", () => {
  it("gives the text of a file, and nothing where there is none", () => {
    mkdirSync(join(place, "directory"));
    symlinkSync("round", join(place, "round"));
    const names = ["file", "absent", "file/below", "directory", "round", "x".repeat(300)];
    expect(names.map((name) => readIfThere(join(place, name)))).toEqual(["text", ...Array(5).fill(undefined)]);
  });

  it("takes no file for absent that could not be opened", () => {
    const program = [process.execPath, "--input-type=module", "-e", WITHOUT_DESCRIPTORS, join(place, "file")];
    const { stdout } = spawnSync("sh", ["-c", 'ulimit -n 64; exec "$@"', "sh", ...program], { encoding: "utf8" });
    expect(stdout).toBe("EMFILE\n");
  });
});
