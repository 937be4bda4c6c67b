import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OrchestrateError } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import { listProfiles, type ProfilePlaces } from "./list-profiles.ts";
import { loadProfile } from "./load-profile.ts";

function places(own: Readonly<Record<string, string>>, builtIn: Readonly<Record<string, string>>): ProfilePlaces {
  const root = mkdtempSync(join(tmpdir(), "orchestrate-profiles-"));
  for (const [directory, files] of [
    ["profiles", own],
    ["built-in", builtIn],
  ] as const) {
    mkdirSync(join(root, directory));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, directory, name), text);
  }
  return { root, builtIn: join(root, "built-in") };
}

describe("profiles", () => {
  it("lists both places by name, the project's own first", () => {
    const at = places({ "fast.yaml": "a: 1", "README.md": "" }, { "fast.yaml": "a: 2", "audit.json": "{}" });
    expect(listProfiles(at).map(({ name, origin }) => [name, origin])).toEqual([
      ["audit", "built-in"],
      ["fast", "project"],
    ]);
  });

  it("lists the built-in ones where the project has none", () => {
    const at = places({}, { "ci.yaml": "a: 1" });
    expect(listProfiles({ ...at, root: join(at.root, "nowhere") }).map(({ name }) => name)).toEqual(["ci"]);
  });

  it("loads the project's own before the engine's", async () => {
    const at = places({ "fast.yaml": "seed: 1" }, { "fast.yaml": "seed: 2" });
    const { document, file } = await loadProfile("fast", at);
    expect([document, file]).toEqual([{ seed: 1 }, join(at.root, "profiles/fast.yaml")]);
  });

  it("suggests the nearest name", async () => {
    const at = places({}, { "audit.yaml": "a: 1", "fast.yaml": "a: 1" });
    const error: OrchestrateError = await loadProfile("adit", at).catch((reason) => reason);
    expect(error.toEnvelope()).toEqual({
      error: "profile-not-found",
      category: "input",
      detail: `There is no profile "adit" in ${at.root}/profiles, nor among the engine's own.`,
      hint: 'Did you mean "audit"?',
    });
  });

  it("says where a profile can't be read", async () => {
    const at = places({ "fast.yaml": "a: 1\na: 2\n" }, {});
    const error: OrchestrateError = await loadProfile("fast", at).catch((reason) => reason);
    expect([error.code, error.detail]).toEqual([
      "profile-unreadable",
      `${at.root}/profiles/fast.yaml:2:1 can't be read: a key stands twice.`,
    ]);
  });
});
