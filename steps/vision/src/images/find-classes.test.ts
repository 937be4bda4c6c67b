import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ClassFolders } from "./class-folders.ts";
import { findClasses } from "./find-classes.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vision-classes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), "");
  }
}

function refusal(config: Parameters<typeof findClasses>[1]) {
  try {
    findClasses(folder, config);
  } catch (error) {
    if (error instanceof StepError) return error.toEnvelope();
    throw error;
  }
  throw new Error("not refused");
}

describe("findClasses", () => {
  it("makes a class of each of two subfolders", () => {
    put("b/2.png", "b/deep/er/1.JPG", "b/notes.txt", "a/.hidden.png", "a/3.tif", "beside.webp", ".cache/x.png");
    expect(findClasses(folder)).toEqual({
      classes: ["a", "b"],
      files: [
        { name: "a/3.tif", label: 0 },
        { name: "b/2.png", label: 1 },
        { name: "b/deep/er/1.JPG", label: 1 },
      ],
      ignored: ["beside.webp", "b/notes.txt"],
      unused: [],
    });
  });

  it("takes what a picture is called for one, be it of a kind that can't be decoded", () => {
    put("a/1.heic", "a/2.bmp", "a/3.JFIF", "a/4.gif", "a/Thumbs.db", "a/._5.png", "b/6.svg");
    const { files, ignored } = findClasses(folder);
    expect(files.map(({ name }) => name)).toEqual(["a/1.heic", "a/2.bmp", "a/3.JFIF", "a/4.gif"]);
    expect(ignored).toEqual(["a/Thumbs.db", "b/6.svg"]);
  });

  it("puts several subfolders into a class, and says which are in none", () => {
    put("bird/1.png", "cat/1.png", "dog/1.png", "ship/1.png", "__MACOSX/1.png");
    const classes = { pet: ["dog", "cat"], bird: ["bird"] };
    expect(findClasses(folder, { classes, positive: "bird" })).toEqual({
      classes: ["pet", "bird"],
      files: [
        { name: "cat/1.png", label: 0 },
        { name: "dog/1.png", label: 0 },
        { name: "bird/1.png", label: 1 },
      ],
      ignored: [],
      unused: ["__MACOSX", "ship"],
    });
  });

  it("gives all that are named nowhere to the class with a star", () => {
    put("bird/1.png", "cat/1.png", "dog/1.png");
    const { classes, files, unused } = findClasses(folder, { classes: { bird: ["bird"], other: ["*"] } });
    expect({ classes, unused }).toEqual({ classes: ["bird", "other"], unused: [] });
    expect(files.map(({ name, label }) => `${name} ${label}`)).toEqual(["bird/1.png 0", "cat/1.png 1", "dog/1.png 1"]);
  });

  it("refuses classes that name what isn't there", () => {
    put("bird/1.png", "cat/1.png");
    symlinkSync("cat", join(folder, "link"));
    expect(refusal({ classes: { bird: ["bird"], other: ["link"] } })).toEqual({
      error: "class-folder-missing",
      category: "input",
      detail: `Of the class "other", there is no subfolder "link" in ${folder}; it has bird, cat.`,
      hint: "Name subfolders in classes as they are called, without a path; symbolic links to folders are not followed.",
    });
    expect(refusal({ classes: { bird: ["bird", "cat"], other: ["*"] } }).detail).toBe(
      `Of the class "other", no subfolder is left for * in ${folder}; it has bird, cat.`,
    );
  });

  it("counts the subfolders beyond twenty", () => {
    put(...Array.from({ length: 500 }, (_, index) => `c${index + 100}/1.png`));
    expect(refusal({})).toEqual({
      error: "classes-not-two",
      category: "input",
      detail: expect.stringMatching(
        / has 500 subfolders \(c100, .*, c119 and 480 more\); it must have two, one for each/,
      ),
      hint:
        "Put the images of each class into a subfolder named for the class, or say by classes which subfolders make up each " +
        'of two: classes: { bird: [bird], other: ["*"] }. Symbolic links to folders are not followed.',
    });
  });
});

describe("ClassFolders", () => {
  it.each([
    [{ bird: ["bird"] }, "name two classes, each with its subfolders"],
    [{ a: ["a"], b: ["b"], c: ["c"] }, "name two classes, each with its subfolders"],
    [{ a: ["a", "b"], b: ["b"] }, "name each subfolder once, and * for one class alone"],
    [{ a: ["*"], b: ["*"] }, "name each subfolder once, and * for one class alone"],
  ])("refuses %j", (classes, message) => {
    expect(ClassFolders.safeParse(classes).error?.issues[0]?.message).toBe(message);
  });
});
