import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { digestFile } from "./digest-file.ts";

const mebibyte = 1024 * 1024;

describe("digestFile", () => {
  it("gives the well-known digest of abc", async () => {
    const path = `${freshDirectory()}/abc`;
    writeFileSync(path, "abc");
    expect(await digestFile(path)).toEqual({
      digest: "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      size: 3,
    });
  });

  it.each([0, mebibyte, mebibyte + 1, 4 * mebibyte, 9 * mebibyte + 5])("digests %i bytes", async (size) => {
    const path = `${freshDirectory()}/bytes`;
    const bytes = Buffer.alloc(size, "0123456789");
    writeFileSync(path, bytes);
    expect(await digestFile(path)).toEqual({
      digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`,
      size,
    });
  });

  it("says what is not a file, and what is not there", async () => {
    const directory = freshDirectory();
    mkdirSync(`${directory}/d`);
    expect(await thrownBy(() => digestFile(`${directory}/d`))).toMatchObject({
      code: "not-a-file",
      category: "input",
      detail: `${directory}/d is not a regular file.`,
    });
    const gone = await thrownBy(() => digestFile(`${directory}/gone`));
    expect(gone).toMatchObject({ code: "not-found", category: "io" });
    expect(gone.detail).toContain(`Could not digest ${directory}/gone: ENOENT`);
    expect(gone.hint).toContain("Check the path");
  });
});
