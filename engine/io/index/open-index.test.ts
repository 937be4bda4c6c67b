import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  type CommittedPhase,
  commitAttempt,
  commitRun,
  type Digest,
  digestBytes,
  digestJson,
  type PhaseManifest,
  phaseDirectory,
  runHash,
  writeRunDocument,
} from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../core/plan/candidate.ts";
import type { Index } from "./index-port.ts";
import { openIndex } from "./open-index.ts";

interface MadePhase {
  readonly directory: string;
  readonly committed: CommittedPhase;
  readonly fingerprint: Digest;
  readonly file: string;
  readonly tree: string;
}

interface RunToMake {
  readonly run: string;
  /** Phase name to what it writes; phases with equal `print` have equal fingerprints. */
  readonly phases: Readonly<Record<string, { readonly print: string; readonly text: string }>>;
  readonly minute?: number;
  readonly state?: string;
  readonly ends?: "complete" | "unfinished";
}

const time = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`;
const environment = { node: "24.0.0", platform: "linux", arch: "x64" };

/** Makes a run directory as the engine does, with a file and a directory as each phase's artifacts. */
async function makeRun(runsDir: string, toMake: RunToMake): Promise<Readonly<Record<string, MadePhase>>> {
  const { run, phases, minute = 0, state = null, ends = "complete" } = toMake;
  const runDir = join(runsDir, run);
  mkdirSync(runDir);
  const document = await writeRunDocument(
    runDir,
    {
      schema: "orchestrate.run/1",
      run,
      pipeline: "p",
      state,
      created: time(minute),
      root: ".",
      file: null,
      profile: null,
      overrides: [],
      seed: 0,
      durability: "relaxed",
      reuse: "link",
      selected: [],
      forced: [],
      resolved: {},
      previous: {},
      steps: {},
      git: null,
      environment: { engine: "0.1.0", hostname: "h", cpus: 1, ...environment },
    },
    "relaxed",
  );
  const made: Record<string, MadePhase> = {};
  for (const [phase, { print, text }] of Object.entries(phases)) {
    const fingerprint = digestJson({ config: digestBytes(print) });
    const directory = phaseDirectory(runDir, phase, null);
    mkdirSync(join(directory, "attempt-1/tree"), { recursive: true });
    writeFileSync(join(directory, "attempt-1/out.txt"), text);
    writeFileSync(join(directory, "attempt-1/tree/leaf"), text);
    const manifest: Omit<PhaseManifest, "outputs" | "finished"> = {
      schema: "orchestrate.manifest/1",
      run,
      pipeline: "p",
      phase,
      key: null,
      attempt: 1,
      step: { name: "a/b", plugin: "a", version: "1.0.0", code: digestBytes("code") },
      fingerprint: { digest: fingerprint, parts: { config: digestBytes(print) } },
      config: {},
      seeds: {},
      services: {},
      inputs: {},
      metrics: {},
      durability: "relaxed",
      reused: null,
      git: null,
      environment,
      env: [],
      started: time(minute),
    };
    const committed = await commitAttempt({
      phaseDir: directory,
      attempt: 1,
      outputs: {
        out: { path: "out.txt", kind: "text/plain", form: "file", optional: false },
        tree: { path: "tree", kind: "tree", form: "directory", optional: false },
      },
      manifest,
      finished: () => time(minute),
      durability: "relaxed",
    });
    made[phase] = {
      directory,
      committed,
      fingerprint,
      file: join(directory, "artifacts/out.txt"),
      tree: join(directory, "artifacts/tree"),
    };
  }
  appendFileSync(join(runDir, "events.ndjson"), "begun\n");
  if (ends === "unfinished") return made;
  const hashed = Object.entries(made).map(([phase, { fingerprint, committed }]) => ({
    phase,
    key: null,
    fingerprint,
    outputs: Object.fromEntries(Object.entries(committed.manifest.outputs).map(([name, { digest }]) => [name, digest])),
    manifest: committed.digest,
  }));
  await commitRun({
    runDir,
    manifest: {
      schema: "orchestrate.run-manifest/1",
      run,
      pipeline: "p",
      document,
      phases: hashed,
      run_hash: runHash(hashed),
      started: time(minute),
      finished: time(minute),
    },
    durability: "relaxed",
  });
  return made;
}

const newRunsDir = () => mkdtempSync(join(realpathSync(tmpdir()), "orchestrate-index-"));
const one = { train: { print: "x", text: "hello" } };

/** A runs directory with one run that the engine itself told the index of. */
async function told(): Promise<{ readonly runsDir: string; readonly train: MadePhase }> {
  const runsDir = newRunsDir();
  const index = openIndex(runsDir);
  const { train } = await makeRun(runsDir, { run: "r1", phases: one });
  tell(index, "r1", train!);
  index.close();
  return { runsDir, train: train! };
}

function tell(index: Index, run: string, ...phases: readonly MadePhase[]): void {
  for (const { directory, committed } of phases) index.committed(directory, committed, 1_500);
  index.recordRun({ run, pipeline: "p", state: null, created: time(0), complete: true, runHash: digestBytes("h") });
}

/** Opens anew, looks for a fingerprint, and says whether files had to be read for the answer. */
async function find(
  runsDir: string,
  fingerprint: Digest,
): Promise<{ readonly read: boolean; readonly found: Candidate | undefined }> {
  const index = openIndex(runsDir);
  index.loadRun("r1");
  const answer = index.find(fingerprint);
  const found = await answer;
  index.close();
  return { read: answer instanceof Promise, found };
}

describe("find", () => {
  it("gives a committed phase before and after it is written, without reading its files", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const { train } = await makeRun(runsDir, { run: "r1", phases: one });
    expect(index.find(train!.fingerprint)).toBeUndefined();
    tell(index, "r1", train!);
    const expected: Candidate = {
      run: "r1",
      phase: "train",
      key: null,
      directory: train!.directory,
      fingerprint: train!.fingerprint,
      manifest: train!.committed.digest,
      outputs: train!.committed.manifest.outputs,
    };
    expect(index.find(train!.fingerprint)).toEqual(expected);
    index.flush();
    expect(index.find(train!.fingerprint)).toEqual(expected);
    index.close();
    expect(await find(runsDir, train!.fingerprint)).toEqual({ read: false, found: expected });
  });

  it("gives nothing for a fingerprint that nobody has", async () => {
    const { runsDir } = await told();
    expect(await find(runsDir, digestBytes("nobody"))).toEqual({ read: false, found: undefined });
  });

  const refuses = (title: string, change: (train: MadePhase) => void) =>
    it(`does not believe ${title}`, async () => {
      const { runsDir, train } = await told();
      change(train);
      expect((await find(runsDir, train.fingerprint)).found).toBeUndefined();
      // What was found out is kept.
      expect(await find(runsDir, train.fingerprint)).toEqual({ read: false, found: undefined });
    });
  const rewrite = (path: string, text: string) => {
    const { atimeMs, mtimeMs } = statSync(path);
    chmodSync(path, 0o644);
    writeFileSync(path, text);
    utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  };

  refuses("a file that was changed, its size and mtime as before", ({ file }) => rewrite(file, "jello"));
  refuses("a file that was truncated", ({ file }) => truncateSync(file, 2));
  refuses("a file that was replaced", ({ file }) => {
    rmSync(file);
    writeFileSync(file, "other");
  });
  refuses("a file that is gone", ({ file }) => rmSync(file));
  refuses("a leaf that was changed", ({ tree }) => rewrite(join(tree, "leaf"), "jello"));
  refuses("a leaf that was added", ({ tree }) => writeFileSync(join(tree, "more"), ""));
  refuses("a manifest that is gone", ({ directory }) => rmSync(join(directory, "manifest.json")));
  refuses("a manifest that is damaged", ({ directory }) => writeFileSync(join(directory, "manifest.json"), "{"));
  refuses("a phase that is gone", ({ directory }) => rmSync(directory, { recursive: true }));
  refuses("a manifest of another phase", ({ directory }) => {
    const path = join(directory, "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(
      path,
      JSON.stringify({ ...manifest, fingerprint: { ...manifest.fingerprint, digest: digestBytes("y") } }),
    );
  });

  it("digests again what was only touched, and only once", async () => {
    const { runsDir, train } = await told();
    utimesSync(train.file, 1, 1);
    utimesSync(join(train.tree, "leaf"), 1, 1);
    utimesSync(join(train.directory, "manifest.json"), 1, 1);
    const first = await find(runsDir, train.fingerprint);
    expect([first.read, first.found?.run]).toEqual([true, "r1"]);
    const second = await find(runsDir, train.fingerprint);
    expect([second.read, second.found?.run]).toEqual([false, "r1"]);
  });

  it("takes the next one where the first is gone", async () => {
    const runsDir = newRunsDir();
    const { train } = await makeRun(runsDir, { run: "r1", phases: one, minute: 1 });
    await makeRun(runsDir, { run: "r2", phases: one, minute: 2 });
    openIndex(runsDir).close();
    rmSync(train!.file);
    expect((await find(runsDir, train!.fingerprint)).found?.run).toBe("r2");
  });

  it("prefers the first committed where results differ, whichever run was loaded", async () => {
    const runsDir = newRunsDir();
    const { train } = await makeRun(runsDir, {
      run: "r1",
      phases: { train: { print: "x", text: "second" } },
      minute: 2,
    });
    await makeRun(runsDir, { run: "r2", phases: { train: { print: "x", text: "first" } }, minute: 1 });
    expect((await find(runsDir, train!.fingerprint)).found?.run).toBe("r2");
    expect(await find(runsDir, train!.fingerprint)).toMatchObject({ read: false, found: { run: "r2" } });
  });

  it("prefers the first committed among those that are not written yet", async () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir);
    const late = await makeRun(runsDir, { run: "r1", phases: one, minute: 5 });
    const early = await makeRun(runsDir, { run: "r2", phases: one, minute: 3 });
    tell(index, "r1", late.train!);
    tell(index, "r2", early.train!);
    expect(index.find(late.train!.fingerprint)).toMatchObject({ run: "r2" });
    index.close();
  });
});

describe("linked", () => {
  it("keeps a candidate known after the engine linked its files", async () => {
    const { runsDir, train } = await told();
    const index = openIndex(runsDir);
    const candidate = index.find(train.fingerprint) as Candidate;
    linkSync(train.file, join(runsDir, "link"));
    linkSync(join(train.tree, "leaf"), join(runsDir, "link-2"));
    index.linked(candidate);
    expect(index.find(train.fingerprint)).toEqual(candidate);
    index.close();
    expect(await find(runsDir, train.fingerprint)).toEqual({ read: false, found: candidate });
  });

  it("does not make a changed file true", async () => {
    const { runsDir, train } = await told();
    const index = openIndex(runsDir);
    const candidate = index.find(train.fingerprint) as Candidate;
    chmodSync(train.file, 0o644);
    writeFileSync(train.file, "jello");
    index.linked(candidate);
    expect(await index.find(train.fingerprint)).toBeUndefined();
    index.close();
  });
});

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

  it("finds what an unfinished run committed, and what was committed to it since", async () => {
    const runsDir = newRunsDir();
    const { train } = await makeRun(runsDir, { run: "r1", phases: one, ends: "unfinished" });
    mkdirSync(join(runsDir, "r1/phases/later/attempt-1"), { recursive: true });
    expect((await find(runsDir, train!.fingerprint)).found?.run).toBe("r1");
    const { later } = await makeRun(runsDir, { run: "r2", phases: { later: { print: "later", text: "2" } } });
    rmSync(join(runsDir, "r1/phases/later"), { recursive: true });
    rmSync(join(runsDir, "r2/events.ndjson"));
    expect((await find(runsDir, later!.fingerprint)).found?.run).toBe("r2");
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
    index.recordRun({ run: "r1", pipeline: "p", state: null, created: time(0), complete: false, runHash: null });
    index.close();
    expect(await find(runsDir, train!.fingerprint)).toMatchObject({ read: true, found: { run: "r1" } });
  });
});

describe("runs", () => {
  it("lists them, the newest first, and finds the newest complete one of a pipeline and state", async () => {
    const runsDir = newRunsDir();
    await makeRun(runsDir, { run: "r1", phases: one, minute: 1 });
    await makeRun(runsDir, { run: "r2", phases: one, minute: 2 });
    await makeRun(runsDir, { run: "r3", phases: one, minute: 3, ends: "unfinished" });
    await makeRun(runsDir, { run: "r4", phases: one, minute: 4, state: "other" });
    const index = openIndex(runsDir);
    expect(index.runs().map(({ run, complete, state }) => [run, complete, state])).toEqual([
      ["r4", true, "other"],
      ["r3", false, null],
      ["r2", true, null],
      ["r1", true, null],
    ]);
    expect(index.runs()[2]?.runHash).toMatch(/^sha256:/);
    expect([
      index.newestComplete("p", null),
      index.newestComplete("p", "other"),
      index.newestComplete("q", null),
    ]).toEqual(["r2", "r4", undefined]);
    index.close();
  });

  it("finds the newest committed phase of a pipeline and state for `previous`", async () => {
    const runsDir = newRunsDir();
    await makeRun(runsDir, { run: "r1", phases: one, minute: 1 });
    const { train } = await makeRun(runsDir, { run: "r2", phases: one, minute: 2, ends: "unfinished" });
    await makeRun(runsDir, { run: "r3", phases: one, minute: 3, state: "other" });
    const index = openIndex(runsDir);
    const query = { pipeline: "p", state: null, phase: "train" };
    expect(await index.previous(query)).toMatchObject({ run: "r2", directory: train!.directory });
    expect(await index.previous({ ...query, state: "other" })).toMatchObject({ run: "r3" });
    expect(index.previous({ ...query, phase: "none" })).toBeUndefined();
    index.close();
  });

  it("knows how long a phase took when it was computed last", async () => {
    const { runsDir } = await told();
    const index = openIndex(runsDir);
    expect([...index.durations("p")]).toEqual([["train", 1_500]]);
    expect([...index.durations("q")]).toEqual([]);
    index.close();
  });
});

describe("what is kept", () => {
  it("gives back contracts, configs, code and sources, written or not", () => {
    const runsDir = newRunsDir();
    const [code, raw] = [digestBytes("code"), digestBytes("raw")];
    const config = { json: '{"a":1}', digest: digestBytes("parsed") };
    const known = { code, files: { "a/b.js": code }, stamps: [{ path: "/a", stat: null }] };
    const source = { digest: raw, form: "file", size: 1, stats: [[".", 1, 2.5, 3.25, 4]] } as const;
    const check = (index: Index) => {
      expect(index.contract(code)).toEqual({ summary: "s" });
      expect(index.config(code, raw)).toEqual(config);
      expect(index.code("entry")).toEqual(known);
      expect(index.source("/data")).toEqual(source);
      expect([index.contract(raw), index.config(raw, code), index.code("x"), index.source("/x")]).toEqual(
        Array(4).fill(undefined),
      );
    };
    const index = openIndex(runsDir);
    index.putContract(code, { summary: "s" });
    index.putConfig(code, raw, config);
    index.putCode("entry", known);
    index.putSource("/data", source);
    check(index);
    index.close();
    const again = openIndex(runsDir);
    check(again);
    again.close();
  });

  it("keeps what can't be written while another process writes, and writes it later", () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir, { busyMs: 0 });
    const other = new DatabaseSync(join(runsDir, ".index.sqlite"));
    other.exec("BEGIN IMMEDIATE");
    index.putContract(digestBytes("a"), 1);
    index.flush();
    expect(index.contract(digestBytes("a"))).toBe(1);
    other.exec("COMMIT");
    other.close();
    index.close();
    const again = openIndex(runsDir);
    expect(again.contract(digestBytes("a"))).toBe(1);
    again.close();
  });
});
