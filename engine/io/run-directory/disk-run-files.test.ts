import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diskRunFiles } from "./disk-run-files.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "disk-run-files-"));
});
afterEach(() => rmSync(place, { recursive: true }));

function written(name: string, text: string): string {
  writeFileSync(join(place, name), text);
  return join(place, name);
}

describe("attempts", () => {
  it("are counted by the highest number of what one left, in whatever order", () => {
    expect(diskRunFiles.highestAttempt(place)).toBe(0);
    for (const name of ["attempt-2", "attempt-10.manifest.json", "attempt-9.checkpoints", "artifacts", "log.ndjson"])
      mkdirSync(join(place, name));
    expect(diskRunFiles.highestAttempt(place)).toBe(10);
  });

  it("get a directory of their own, never one that is there", () => {
    expect(diskRunFiles.makeStaging(place, 3)).toBe(join(place, "attempt-3"));
    expect(existsSync(join(place, "attempt-3"))).toBe(true);
    expect(() => diskRunFiles.makeStaging(place, 3)).toThrow("EEXIST");
  });
});

describe("a list that a phase wrote", () => {
  it("is read", async () => {
    expect(await diskRunFiles.readJson(written("list.json", '[1e308, {"a": null}]'))).toEqual([1e308, { a: null }]);
  });

  it.each([
    ["[1e309]", "it holds a number that is too large."],
    ["[1,\n2", /^Expected ',' or '\]' after array element in JSON at position 5 \(line 2 column 2\)\.$/],
  ])("is refused as %j", async (text, why) => {
    const path = written("list.json", text);
    const error: unknown = await diskRunFiles.readJson(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "list-unreadable",
      category: "failed",
      detail: expect.stringContaining(`${path} can't be read as JSON: `),
      hint: "Let the phase that writes it write JSON.",
    });
    const { detail } = error as { readonly detail: string };
    expect(detail.slice(`${path} can't be read as JSON: `.length)).toEqual(
      typeof why === "string" ? why : expect.stringMatching(why),
    );
  });
});

it("files that are laid share no bytes where they may be written, or are to be copied", () => {
  const [writable, sealed] = [written("writable", "w"), written("sealed", "s")];
  chmodSync(sealed, 0o444);
  const to = (name: string) => join(place, "deep/er", name);
  const laid = diskRunFiles.lay([
    { from: writable, to: to("writable"), mode: "link" },
    { from: sealed, to: to("sealed"), mode: "copy" },
    { from: sealed, to: to("linked"), mode: "link" },
  ]);
  expect(laid).toEqual(["copied", "copied", "linked"]);
  expect(["writable", "sealed", "linked"].map((name) => readFileSync(to(name), "utf8"))).toEqual(["w", "s", "s"]);
  expect([writable, sealed].map((path) => statSync(path).nlink)).toEqual([1, 2]);
});
