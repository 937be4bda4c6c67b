import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { readKnownManifest } from "./read-record.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "known-manifest-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("takes bytes with the known digest as they are, and checks any others", () => {
  const path = join(directory, "manifest.json");
  const text = '{"schema":"orchestrate.manifest/1","run":"r"}\n';
  writeFileSync(path, text);
  expect(readKnownManifest(path, digestBytes(text))).toEqual(JSON.parse(text));
  expect(() => readKnownManifest(path, digestBytes("something else"))).toThrow(/manifest.json can't be read/);
});
