import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestFile, digestTree, type OutputRecord } from "@orchestrate/manifests";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publish } from "./publish.ts";

let place: string;
/** The digests of what runs hold: here all that was published. */
let held: Set<string>;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "publish-"));
  held = new Set();
});
afterEach(() => rmSync(place, { recursive: true }));

async function file(text: string): Promise<readonly [string, OutputRecord]> {
  const path = join(place, "artifact.txt");
  writeFileSync(path, text);
  return [path, { path: "artifacts/artifact.txt", ...(await digestFile(path)), kind: "*", form: "file" }];
}

async function directory(text: string): Promise<readonly [string, OutputRecord]> {
  const path = join(place, "artifact");
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "inside.txt"), text);
  const { digest, size } = await digestTree(path);
  return [path, { path: "artifacts/artifact", digest, size, kind: "*", form: "directory" }];
}

async function put([path, output]: readonly [string, OutputRecord], to: string): Promise<void> {
  await publish(path, output, join(place, to), async (digest) => held.has(digest));
  held.add(output.digest);
}

function refusal(to: string) {
  return {
    code: "publish-refused",
    category: "policy",
    detail: `Can't publish to ${join(place, to)}: what stands there is in no run, and would be lost.`,
    hint: "Move it away, or publish to another place. The run is complete: orchestrate run then publishes.",
  };
}

describe("a file", () => {
  it("replaces one that was published", async () => {
    await put(await file("old"), "out/report.txt");
    await put(await file("new"), "out/report.txt");
    expect(readFileSync(join(place, "out/report.txt"), "utf8")).toBe("new");
    expect(readdirSync(join(place, "out"))).toEqual(["report.txt"]);
  });

  it("is not written again where it is in place", async () => {
    await put(await file("same"), "report.txt");
    const before = statSync(join(place, "report.txt")).ino;
    await put(await file("same"), "report.txt");
    expect(statSync(join(place, "report.txt")).ino).toBe(before);
  });

  it("takes the place of none that a person made or changed, nor of a link that leads elsewhere", async () => {
    writeFileSync(join(place, "mine.txt"), "mine");
    await expect(put(await file("words"), "mine.txt")).rejects.toMatchObject(refusal("mine.txt"));
    expect(readFileSync(join(place, "mine.txt"), "utf8")).toBe("mine");
    await put(await file("words"), "report.txt");
    writeFileSync(join(place, "report.txt"), "WORDS");
    await expect(put(await file("words"), "report.txt")).rejects.toMatchObject(refusal("report.txt"));
    expect(readFileSync(join(place, "report.txt"), "utf8")).toBe("WORDS");
    symlinkSync("mine.txt", join(place, "link.txt"));
    await expect(put(await file("words"), "link.txt")).rejects.toMatchObject(refusal("link.txt"));
    expect(readlinkSync(join(place, "link.txt"))).toBe("mine.txt");
  });

  it("replaces a directory that was published there, of which nothing is left, and is replaced by one", async () => {
    await put(await directory("words"), "out");
    await put(await file("words"), "out");
    expect(readFileSync(join(place, "out"), "utf8")).toBe("words");
    expect(readdirSync(place).filter((name) => name.startsWith(".out"))).toEqual([]);
    await put(await directory("words"), "out");
    expect(readFileSync(join(place, "out/inside.txt"), "utf8")).toBe("words");
  });

  it("says what keeps it from its place, and that the run is complete", async () => {
    await put(await file("old"), "report.txt");
    await expect(put(await file("words"), "report.txt/below")).rejects.toMatchObject({
      code: "io-failed",
      category: "io",
      detail: expect.stringMatching(/^Could not publish to \S+report\.txt\/below: EEXIST: file already exists/),
      hint: "The run is complete all the same; once that is mended, orchestrate run publishes.",
    });
  });

  it("takes no directory's place", async () => {
    mkdirSync(join(place, "mine"));
    await expect(put(await file("words"), "mine")).rejects.toMatchObject(refusal("mine"));
  });
});

describe("what a process that was killed had begun", () => {
  const names = () => readdirSync(place).filter((name) => name.endsWith(".coming"));

  it("is removed, and what a living one has begun is not", async () => {
    const ended = spawnSync(process.execPath, ["--version"]).pid;
    const begun = (pid: number) => `.report.txt.0123456789abcdef.${pid}.coming`;
    writeFileSync(join(place, begun(ended)), "half");
    writeFileSync(join(place, begun(process.ppid)), "half");
    await put(await file("words"), "report.txt");
    expect(names()).toEqual([begun(process.ppid)]);
  });

  it("is not left by a publication that fails", async () => {
    const [path, output] = await file("words");
    rmSync(path);
    await expect(put([path, output], "report.txt")).rejects.toThrow(/ENOENT/);
    expect(names()).toEqual([]);
  });
});

const traceable = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;

describe.skipIf(!traceable)("a process that is killed while it removes a former publication (needs strace)", () => {
  it("leaves the rest of it to the next one", async () => {
    await put(await directory("old"), "out");
    const [artifact] = await directory("new");
    const program = fileURLToPath(new URL("./fixtures/publish-directory.ts", import.meta.url));
    const killing = ["-f", "-o", "/dev/null", "-e", "inject=unlink,unlinkat:signal=KILL"];
    const killed = spawnSync("strace", [...killing, process.execPath, program, artifact, join(place, "out")]);
    expect(killed.signal).toBe("SIGKILL");
    expect(readFileSync(join(place, "out/inside.txt"), "utf8")).toBe("new");
    expect(readdirSync(place).filter((name) => name.startsWith(".out"))).toHaveLength(2);
    await put(await directory("newer"), "out");
    expect(readdirSync(place).filter((name) => name.startsWith(".out"))).toHaveLength(1);
  });
});

describe("a directory", () => {
  it("that another process has just put beside the place is taken as it is, and replaced where it is not whole", async () => {
    const published = await directory("words");
    await put(published, "out");
    const [beside] = readdirSync(place).filter((name) => name.startsWith(".out"));
    const before = statSync(join(place, beside!)).ino;
    rmSync(join(place, "out"));
    await put(published, "out");
    expect(statSync(join(place, beside!)).ino).toBe(before);
    rmSync(join(place, "out"));
    writeFileSync(join(place, beside!, "inside.txt"), "WORDS");
    await put(published, "out");
    expect(readFileSync(join(place, "out/inside.txt"), "utf8")).toBe("words");
  });

  it("replaces a former publication, of which nothing is left", async () => {
    await put(await directory("old"), "out");
    await put(await directory("new"), "out");
    expect(readFileSync(join(place, "out/inside.txt"), "utf8")).toBe("new");
    expect(readdirSync(place).filter((name) => name.startsWith(".out"))).toHaveLength(1);
  });

  it("replaces a former publication that is as it was, though the run is gone that it came from", async () => {
    await put(await directory("old"), "out");
    held.clear();
    await put(await directory("new"), "out");
    expect(readFileSync(join(place, "out/inside.txt"), "utf8")).toBe("new");
  });

  it("is published again where only the link to it is left", async () => {
    await put(await directory("words"), "out");
    for (const name of readdirSync(place)) if (name.startsWith(".out")) rmSync(join(place, name), { recursive: true });
    await put(await directory("words"), "out");
    expect(readFileSync(join(place, "out/inside.txt"), "utf8")).toBe("words");
  });

  it("takes the place of nothing that was not published, or was changed since", async () => {
    writeFileSync(join(place, "mine"), "mine");
    await expect(put(await directory("words"), "mine")).rejects.toMatchObject(refusal("mine"));
    await put(await directory("words"), "out");
    writeFileSync(join(place, "out/inside.txt"), "mine");
    await expect(put(await directory("new"), "out")).rejects.toMatchObject(refusal("out"));
    expect(readFileSync(join(place, "out/inside.txt"), "utf8")).toBe("mine");
  });
});
