import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findPythons } from "./session/find-pythons.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pythons-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("finds the Pythons of a search path, and how each would be traced", () => {
  for (const [name, version] of [
    ["python3.7", "3.7.1"],
    ["python3.11", "3.11.2"],
    ["python3.12", "3.12.0"],
    ["python3.13", "no version"],
  ] as const) {
    writeFileSync(join(directory, name), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  writeFileSync(join(directory, "python3"), "not executable");
  expect(findPythons([directory, "/nowhere", directory].join(delimiter))).toEqual([
    { path: join(directory, "python3.11"), version: "3.11.2", way: "sys.settrace" },
    { path: join(directory, "python3.12"), version: "3.12.0", way: "sys.monitoring" },
    { path: join(directory, "python3.7"), version: "3.7.1", way: undefined },
  ]);
});
