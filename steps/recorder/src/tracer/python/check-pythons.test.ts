import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describeConformance } from "@orchestrate/sdk/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkPythons } from "./check-pythons.ts";
import python from "./python.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pythons-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** A program that answers as that Python would. */
function install(name: string, version: string, executable: string = join(directory, name)): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\necho ${version} ${executable}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("doctor", () => {
  it("names the Pythons of the search path, and how each would be traced", () => {
    const old = install("python3.7", "3.7.1");
    const [before, since] = [install("python3.11", "3.11.2"), install("python3.12", "3.12.0")];
    install("python3.13", "no version");
    install("python3.9", "3.12.0", since);
    writeFileSync(join(directory, "python3"), "not executable");
    expect(checkPythons([directory, "/nowhere", directory].join(delimiter))).toEqual({
      state: "ok",
      detail: `3.11.2 (${before}) by sys.settrace, 3.12.0 (${since}) by sys.monitoring, 3.7.1 (${old}) too old`,
      hint: "",
    });
  });

  it("warns where none can record", () => {
    const hint = "Install Python 3.8 or newer.";
    expect(checkPythons(directory)).toEqual({
      state: "warning",
      detail: "none that can record; recorder/record can record Node programs only.",
      hint,
    });
    const old = install("python3", "3.7.1");
    expect(checkPythons(directory)).toMatchObject({
      state: "warning",
      detail: `none that can record: 3.7.1 (${old}) too old; recorder/record can record Node programs only.`,
    });
  });

  it("asks the provider, which looks along the search path and conforms", async () => {
    const path = install("python3", "3.12.0");
    vi.stubEnv("PATH", directory);
    expect(await python.definition.check?.({ options: {} })).toMatchObject({
      state: "ok",
      detail: `3.12.0 (${path}) by sys.monitoring`,
    });
    await describeConformance(python);
  });
});
