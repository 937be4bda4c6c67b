import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { acquireLock } from "../run-directory/run-lock.ts";
import { find, makeRun, newRunsDir, one, tell, time, told } from "./fixtures/made-run.ts";
import { openIndex } from "./open-index.ts";

describe("reconciling with the runs that are there", () => {
  it("is made anew from the manifests, and digests their artifacts before it believes them", async () => {
    const { runsDir, train } = await told();
    rmSync(join(runsDir, ".index.sqlite"));
    expect(await find(runsDir, train.fingerprint)).toMatchObject({ read: true, found: { run: "r1" } });
    expect(await find(runsDir, train.fingerprint)).toMatchObject({ read: false, found: { run: "r1" } });
    rmSync(join(runsDir, ".index.sqlite"));
    chmodSync(train.file, 0o644);
    writeFileSync(train.file, "jello");
    expect((await find(runsDir, train.fingerprint)).found).toBeUndefined();
  });

  it.each([
    ["damaged", (file: string) => writeFileSync(file, "not a database, but long enough to look at".repeat(100))],
    ["empty", (file: string) => writeFileSync(file, "")],
    ["damaged inside", (file: string) => writeFileSync(file, readFileSync(file).fill(7, 200))],
    [
      "of a newer version",
      (file: string) => {
        const database = new DatabaseSync(file);
        database.exec("PRAGMA user_version = 99");
        database.close();
      },
    ],
  ])("is made anew where it is %s", async (_, damage) => {
    const { runsDir, train } = await told();
    damage(join(runsDir, ".index.sqlite"));
    expect((await find(runsDir, train.fingerprint)).found?.run).toBe("r1");
    expect((await find(runsDir, train.fingerprint)).read).toBe(false);
  });

  it("lives in memory where it can't be written", async () => {
    const { runsDir, train } = await told();
    rmSync(join(runsDir, ".index.sqlite"));
    mkdirSync(join(runsDir, ".index.sqlite/full"), { recursive: true });
    expect((await find(runsDir, train.fingerprint)).found?.run).toBe("r1");
    expect(readdirSync(join(runsDir, ".index.sqlite"))).toEqual(["full"]);
  });

  it("makes the runs directory", () => {
    const runsDir = join(newRunsDir(), "deep/runs");
    openIndex(runsDir).close();
    expect(existsSync(join(runsDir, ".index.sqlite"))).toBe(true);
  });

  it("finds what an unfinished run committed, and passes over what it did not", async () => {
    const runsDir = newRunsDir();
    const { train } = await makeRun(runsDir, { run: "r1", phases: one, ends: "unfinished" });
    mkdirSync(join(runsDir, "r1/phases/later/attempt-1"), { recursive: true });
    mkdirSync(join(runsDir, "r1/phases/fanned/0a1b2c/attempt-1"), { recursive: true });
    expect((await find(runsDir, train!.fingerprint)).found?.run).toBe("r1");
  });

  it("says so where the runs directory can't be one", () => {
    const file = join(newRunsDir(), "runs");
    writeFileSync(file, "");
    expect(() => openIndex(file)).toThrowError(
      expect.objectContaining({
        code: "runs-directory-unusable",
        category: "io",
        detail: expect.stringContaining(`The runs directory ${file} can't be used: EEXIST`),
        hint: "Make it a directory that this user may read and write, or name another one with --runs-dir.",
      }),
    );
  });

  it("says what the system is short of", () => {
    const program = `
      import { openSync } from "node:fs";
      import { openIndex } from ${JSON.stringify(new URL("./open-index.ts", import.meta.url))};
      try { for (;;) openSync("/dev/null"); } catch {}
      try { openIndex(process.argv[1]); } catch (error) { console.log(JSON.stringify(error.toEnvelope())); }`;
    const runsDir = newRunsDir();
    const words = [process.execPath, "--input-type=module", "-e", program, runsDir];
    const { stdout } = spawnSync("sh", ["-c", 'ulimit -n 64; exec "$@"', "sh", ...words], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toEqual({
      error: "too-many-open-files",
      category: "io",
      detail: `The runs directory ${runsDir} can't be used: EMFILE: too many open files, scandir '${runsDir}'.`,
      hint: "Raise the limit (ulimit -n) or run fewer phases at once.",
    });
  });

  it("looks again at an unfinished run whose journal went on", async () => {
    const runsDir = newRunsDir();
    const { train } = await makeRun(runsDir, { run: "r1", phases: one, ends: "unfinished" });
    const manifest = join(train!.directory, "manifest.json");
    const text = readFileSync(manifest);
    rmSync(manifest);
    expect((await find(runsDir, train!.fingerprint)).found).toBeUndefined();
    writeFileSync(manifest, text);
    appendFileSync(join(runsDir, "r1/events.ndjson"), "committed\n");
    expect((await find(runsDir, train!.fingerprint)).found?.run).toBe("r1");
  });

  it("looks again at a run that was being driven, whose engine was killed before it told of a commit", async () => {
    const runsDir = newRunsDir();
    const { train } = await makeRun(runsDir, { run: "r1", phases: one, ends: "unfinished" });
    const manifest = join(train!.directory, "manifest.json");
    const text = readFileSync(manifest);
    rmSync(manifest);
    const lock = await acquireLock(join(runsDir, "r1/run.lock"), "The run r1");
    expect((await find(runsDir, train!.fingerprint)).found).toBeUndefined();
    writeFileSync(manifest, text);
    lock.release();
    expect((await find(runsDir, train!.fingerprint)).found?.run).toBe("r1");
  });

  it("does not look into a run that it knows to be complete", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const { train, other } = await makeRun(runsDir, { run: "r1", phases: { ...one, other: { print: "o", text: "" } } });
    tell(index, "r1", train!);
    index.close();
    expect((await find(runsDir, other!.fingerprint)).found).toBeUndefined();
  });

  it("knows a run that was moved elsewhere, with a link in its place", async () => {
    const { runsDir, train } = await told();
    const elsewhere = newRunsDir();
    renameSync(join(runsDir, "r1"), join(elsewhere, "r1"));
    symlinkSync(join(elsewhere, "r1"), join(runsDir, "r1"));
    symlinkSync("nowhere", join(runsDir, "r2"));
    symlinkSync("r3", join(runsDir, "r3"));
    rmSync(join(runsDir, ".index.sqlite"));
    expect((await find(runsDir, train.fingerprint)).found).toMatchObject({ run: "r1" });
  });

  it("forgets a run that is gone, and passes over what is no run", async () => {
    const { runsDir, train } = await told();
    rmSync(join(runsDir, "r1"), { recursive: true });
    mkdirSync(join(runsDir, "notes"));
    const index = openIndex(runsDir);
    expect([index.runs(), index.find(train.fingerprint)]).toEqual([[], undefined]);
    index.close();
  });

  it("takes an engine's word for a complete run, and no other's", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const { train } = await makeRun(runsDir, { run: "r1", phases: one, ends: "unfinished" });
    index.recordRun({
      run: "r1",
      pipeline: "p",
      state: null,
      created: time(0),
      complete: false,
      runHash: null,
      pins: {},
    });
    index.close();
    expect(await find(runsDir, train!.fingerprint)).toMatchObject({ read: true, found: { run: "r1" } });
  });
});
