import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";

/** Whether system calls can be traced here: strace is there, and the kernel allows it. */
const traceable = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

describe("the system calls of a commit (needs strace)", () => {
  it.skipIf(!traceable).each(["others", "nothing"])(
    "fsync everything before the rename that relies on it, with %s beside it",
    (beside) => {
      const phaseDir = `${freshDirectory()}/phase`;
      expect(trace("strict", phaseDir, beside)).toEqual([
        [
          "fsync .",
          "fsync attempt-1",
          "fsync attempt-1.manifest.json",
          "fsync attempt-1/data",
          "fsync attempt-1/data/images",
          "fsync attempt-1/data/images/a.png",
          "fsync attempt-1/data/images/empty",
          "fsync attempt-1/data/images/sub",
          "fsync attempt-1/data/images/sub/b.png",
          "fsync attempt-1/model.bin",
        ],
        ["rename attempt-1 artifacts"],
        ["fsync ."],
        ["rename attempt-1.manifest.json manifest.json"],
        ["fsync ."],
      ]);
    },
  );

  it.skipIf(!traceable)("rename in the same order, and never fsync, where the commit is relaxed", () => {
    const phaseDir = `${freshDirectory()}/phase`;
    expect(trace("relaxed", phaseDir, "nothing")).toEqual([
      ["rename attempt-1 artifacts", "rename attempt-1.manifest.json manifest.json"],
    ]);
  });
});

describe("the system calls of a recovery (needs strace)", () => {
  it.skipIf(!traceable)("fsync what a killed commit renamed before they rename the manifest", () => {
    const phaseDir = `${freshDirectory()}/phase`;
    mkdirSync(phaseDir);
    const script = fileURLToPath(new URL("../fixtures/commit-and-die.ts", import.meta.url));
    const killed = spawnSync(process.execPath, [script, phaseDir, "strict", "artifacts-synced"]);
    expect(killed.signal).toBe("SIGKILL");
    expect(traceScript("recover-directory.ts", phaseDir)).toEqual([
      ["fsync ."],
      ["rename attempt-1.manifest.json manifest.json"],
      ["fsync ."],
    ]);
  });

  it.skipIf(!traceable)("fsync what they set aside", () => {
    const phaseDir = `${freshDirectory()}/phase`;
    mkdirSync(`${phaseDir}/artifacts`, { recursive: true });
    expect(traceScript("recover-directory.ts", phaseDir)).toEqual([
      ["rename artifacts discarded-1"],
      ["fsync .", "fsync discarded-1"],
    ]);
  });
});

describe("the system calls that make a phase's directory (needs strace)", () => {
  it.skipIf(!traceable)("fsync all above it, also where an attempt that was cut short has made it", () => {
    const runDir = `${freshDirectory()}/run`;
    mkdirSync(runDir);
    const all = [["fsync .", "fsync phases", "fsync phases/sweep"]];
    expect(traceScript("make-directory.ts", runDir)).toEqual(all);
    expect(traceScript("make-directory.ts", runDir)).toEqual(all);
  });
});

function trace(durability: string, phaseDir: string, beside: string): string[][] {
  mkdirSync(phaseDir);
  return traceScript("commit-and-die.ts", phaseDir, durability, "never", beside);
}

/** The completed calls in a directory and below, those between two renames together, sorted where they are fsyncs. */
function traceScript(name: string, directory: string, ...words: readonly string[]): string[][] {
  const log = `${directory}.trace`;
  const script = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const calls = "trace=fsync,fdatasync,sync_file_range,rename,renameat,renameat2";
  const { status } = spawnSync("strace", [
    ...["-f", "-y", "-s", "512", "-e", calls, "-o", log],
    ...[process.execPath, script, directory, ...words],
  ]);
  expect(status).toBe(0);
  const completed = completedCalls(readFileSync(log, "utf8"));
  return grouped(completed.flatMap((call) => describeCall(call, directory) ?? []));
}

/** A call of a thread that was interrupted by another's stands in two lines; it is complete with the second. */
function completedCalls(log: string): string[] {
  const begun = new Map<string, string>();
  return log.split("\n").flatMap((line) => {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(rest);
    if (unfinished !== null) {
      begun.set(thread, unfinished[1] ?? "");
      return [];
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const call = resumed === null ? rest : (begun.get(thread) ?? "") + resumed[1];
    return call.endsWith("= 0") ? [call] : [];
  });
}

function describeCall(call: string, directory: string): string | undefined {
  const relative = (path: string) => (path === directory ? "." : path.replace(`${directory}/`, ""));
  const synced = /^f(?:data)?sync\(\d+<([^>]+)>/.exec(call)?.[1];
  if (synced?.startsWith(directory)) return `fsync ${relative(synced)}`;
  const [, from, to] = /^rename[at2]*\(.*?"([^"]+)", .*?"([^"]+)"/.exec(call) ?? [];
  return from?.startsWith(directory) ? `rename ${relative(from)} ${relative(to ?? "")}` : undefined;
}

function grouped(calls: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const call of calls) {
    const last = groups.at(-1);
    if (last?.[0]?.slice(0, 5) === call.slice(0, 5)) last.push(call);
    else groups.push([call]);
  }
  return groups.map((group) => (group[0]?.startsWith("fsync") ? group.sort() : group));
}
