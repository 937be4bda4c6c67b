import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gitState } from "./git-state.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "git-state-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

describe("gitState", () => {
  it("tells the commit, and whether tracked files differ from it", async () => {
    git("init", "--quiet");
    writeFileSync(join(place, "file"), "as committed");
    git("add", "file");
    git("-c", "user.name=tests", "-c", "user.email=tests@localhost", "commit", "--quiet", "--message", "first");
    const commit = git("rev-parse", "HEAD").trim();
    expect(await gitState(place)).toEqual({ commit, dirty: false });
    writeFileSync(join(place, "file"), "changed");
    expect(await gitState(place)).toEqual({ commit, dirty: true });
    git("add", "file");
    expect(await gitState(place)).toEqual({ commit, dirty: true });
    writeFileSync(join(place, "untracked"), "");
    git("reset", "--quiet", "--hard");
    expect(await gitState(place)).toEqual({ commit, dirty: false });
  });

  it("asks the directory's own repository, whichever one a hook of git is about", async () => {
    git("init", "--quiet");
    git(
      "-c",
      "user.name=tests",
      "-c",
      "user.email=tests@localhost",
      "commit",
      "--quiet",
      "--allow-empty",
      "-m",
      "first",
    );
    const commit = git("rev-parse", "HEAD").trim();
    const other = mkdtempSync(join(tmpdir(), "git-state-other-"));
    git("init", "--quiet", other);
    // As in a linked work tree, where the path is absolute, and as elsewhere.
    for (const directory of [join(other, ".git"), "nowhere/.git"]) {
      vi.stubEnv("GIT_DIR", directory);
      vi.stubEnv("GIT_INDEX_FILE", join(other, "index.lock"));
      expect(await gitState(place), directory).toEqual({ commit, dirty: false });
    }
    rmSync(other, { recursive: true });
  });

  it("is null where nothing is committed yet", async () => {
    git("init", "--quiet");
    expect(await gitState(place)).toBeNull();
  });

  it("is null in no repository, and where there is no git", async () => {
    expect(await gitState(place)).toBeNull();
    vi.stubEnv("PATH", place);
    expect(await gitState(place)).toBeNull();
  });

  it("keeps no process waiting where there is no git", async () => {
    vi.stubEnv("PATH", place);
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    await gitState(place);
    expect(timers()).toBe(before);
  });

  it("is null where the question is given up, whatever git does", async () => {
    writeFileSync(join(place, "git"), "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
    vi.stubEnv("PATH", `${place}:${process.env.PATH}`);
    const given = new AbortController();
    const state = gitState(place, given.signal);
    given.abort();
    expect(await state).toBeNull();
  });

  it("does not pass over a git that can't be started: the commit would be missing from the lineage", async () => {
    writeFileSync(join(place, "git"), "not a program", { mode: 0o644 });
    vi.stubEnv("PATH", place);
    await expect(gitState(place)).rejects.toMatchObject({
      code: "not-permitted",
      category: "io",
      detail: "git could not be asked for the commit that this run is of: spawn git EACCES.",
      hint: "Make sure that this user may read and write there, then try again.",
    });
  });
});

/** Runs git as if nobody had configured it, and no hook were running. */
function git(...words: readonly string[]): string {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", ["-C", place, ...words], { encoding: "utf8", env });
}
