import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place } from "../fixtures/sample.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { digestBytes } from "./digest-bytes.ts";
import { digestTree } from "./digest-tree.ts";

describe("digestTree", () => {
  // The example of docs/formats/digests.md.
  it("digests the documented text of the entries", async () => {
    const root = freshDirectory();
    place(`${root}/b/run.sh`, "abc");
    chmodSync(`${root}/b/run.sh`, 0o755);
    place(`${root}/a.txt`, "");
    mkdirSync(`${root}/empty`);
    symlinkSync("../a.txt", `${root}/b/link`);
    const abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const nothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const text = [
      "orchestrate.tree/1\n",
      `[{"digest":"${nothing}","path":"a.txt","size":0,"type":"file"},`,
      '{"path":"b","type":"directory"},',
      '{"path":"b/link","target":"../a.txt","type":"link"},',
      `{"digest":"${abc}","exec":true,"path":"b/run.sh","size":3,"type":"file"},`,
      '{"path":"empty","type":"directory"}]',
    ].join("");
    expect(digestBytes(text)).toBe("sha256:f71a4b748371772b89a109fbcf586df3d0bcb9b1c73946f089a49fd1eec3891f");
    expect(await digestTree(root)).toMatchObject({ digest: digestBytes(text), size: 3 });
  });

  it("sorts by UTF-8 bytes of whole paths", async () => {
    const root = freshDirectory();
    for (const name of ["a/b", "a-b", "a.b", "\u{1f600}", "\uffee", "Z", "é"]) place(`${root}/${name}`, "");
    const paths = (await digestTree(root)).entries.map(({ path }) => path);
    expect(paths).toEqual(paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    expect(paths.slice(-2)).toEqual(["\uffee", "\u{1f600}"]);
  });

  it("is equal for a copy, and differs after any one change of name, bytes or exec bit", async () => {
    const name = fc.stringMatching(/^[a-z0-9é]{1,4}$/);
    const files = fc.dictionary(name, fc.string({ maxLength: 5 }), { minKeys: 1, maxKeys: 6 });
    await fc.assert(
      fc.asyncProperty(files, async (content) => {
        const root = freshDirectory();
        for (const [file, text] of Object.entries(content)) place(`${root}/tree/d/${file}`, text);
        const { digest } = await digestTree(`${root}/tree`);
        cpSync(`${root}/tree`, `${root}/copy`, { recursive: true });
        const copy = `${root}/copy/d/${Object.keys(content)[0]}`;
        utimesSync(copy, 1, 1);
        const again = async () => (await digestTree(`${root}/copy`)).digest;
        expect(await again()).toBe(digest);
        chmodSync(copy, 0o700);
        expect(await again()).not.toBe(digest);
        chmodSync(copy, 0o600);
        expect(await again()).toBe(digest);
        renameSync(copy, `${root}/copy/d/renamed`);
        expect(await again()).not.toBe(digest);
        renameSync(`${root}/copy/d/renamed`, copy);
        writeFileSync(copy, "another text");
        expect(await again()).not.toBe(digest);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ["absolute", "/etc/hostname"],
    ["leading out", "../../secret"],
  ])("refuses a link that is %s", async (_name, target) => {
    const root = freshDirectory();
    mkdirSync(`${root}/d`);
    symlinkSync(target, `${root}/d/link`);
    expect(await thrownBy(() => digestTree(root))).toMatchObject({
      code: "link-leaves-tree",
      category: "input",
      detail: `The symbolic link ${root}/d/link leads to ${target}, outside of its directory.`,
      hint: "Copy what it leads to into the directory, or make it a relative link that stays inside.",
    });
  });

  it("refuses a named pipe by name, without waiting for it", async () => {
    const root = freshDirectory();
    execFileSync("mkfifo", [`${root}/pipe`]);
    expect(await thrownBy(() => digestTree(root))).toMatchObject({
      code: "unsupported-file-type",
      detail: `${root}/pipe is a named pipe; an artifact holds only files, directories and symbolic links.`,
    });
  });

  it("refuses a name that is not UTF-8", async () => {
    const root = freshDirectory();
    writeFileSync(Buffer.concat([Buffer.from(`${root}/x`), Buffer.from([0xff])]), "");
    expect(await thrownBy(() => digestTree(root))).toMatchObject({ code: "name-not-utf8", category: "input" });
  });
});
