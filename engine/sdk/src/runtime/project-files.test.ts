import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeStrings, projectFiles } from "./project-files.ts";

describe("codeStrings", () => {
  it("takes strings, items of lists and values of records, each once", () => {
    const config = { one: "a", many: ["b", "a", 3], record: { x: "c", y: {} }, other: "d" };
    expect(codeStrings(config, ["one", "many", "record", "absent"])).toEqual(["a", "b", "c"]);
    expect(codeStrings(null, ["one"])).toEqual([]);
  });
});

describe("projectFiles", () => {
  it("finds what exists below the project, and nothing else", () => {
    const root = mkdtempSync(join(tmpdir(), "project-"));
    mkdirSync(join(root, "lib"));
    writeFileSync(join(root, "count.py"), "");
    writeFileSync(join(root, "lib/__proto__"), "");
    const argv = ["python3", "count.py", "./count.py", "lib", "lib/__proto__", "../count.py", "x".repeat(5000), "a\0"];
    expect(projectFiles({ argv }, ["argv"], root)).toEqual({
      "count.py": join(root, "count.py"),
      "./count.py": join(root, "count.py"),
      "lib/__proto__": join(root, "lib/__proto__"),
    });
    rmSync(root, { recursive: true });
  });
});
