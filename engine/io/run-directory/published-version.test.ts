import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestBytes } from "@orchestrate/manifests";
import { afterEach, beforeEach, expect, it } from "vitest";
import { publishedVersion, shortVersion, versionName } from "./published-version.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "published-"));
});
afterEach(() => rmSync(place, { recursive: true }));

it("a file is told by its bytes, a link by the version that it names, and nothing else was published", async () => {
  const to = join(place, "out");
  const digest = digestBytes("bytes");
  expect(await publishedVersion(to)).toBeUndefined();
  writeFileSync(to, "bytes");
  expect(await publishedVersion(to)).toBe(shortVersion(digest));
  expect(await publishedVersion(join(to, "below"))).toBeUndefined();
  rmSync(to);
  symlinkSync(versionName(to, digest), to);
  expect(await publishedVersion(to)).toBe(shortVersion(digest));
  rmSync(to);
  symlinkSync("elsewhere", to);
  expect(await publishedVersion(to)).toBeUndefined();
  rmSync(to);
  mkdirSync(to);
  expect(await publishedVersion(to)).toBeUndefined();
});
