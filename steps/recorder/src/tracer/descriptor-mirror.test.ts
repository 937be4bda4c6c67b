import { describe, expect, it } from "vitest";
import { recordText } from "../fixtures/record-text.ts";
import { DescriptorMirror } from "./descriptor-mirror.ts";

/** What is mirrored where lines come out after this was told. */
function mirrored(told: readonly string[], ...lines: readonly string[]): readonly string[] {
  const mirror = new DescriptorMirror();
  for (const text of told) mirror.told(0, text);
  for (const line of lines) mirror.line(0, line);
  return mirror.take(mirror.waiting).map(({ text }) => text);
}

describe("the mirror of descriptors", () => {
  it.each([
    ["nothing of what was told", ["a\nb", "c\n\n"], ["a", "bc", ""], []],
    ["lines between those told", ["a\n", "b\n"], ["a", "x", "b", "y"], ["x\n", "y\n"]],
    ["the begin or the end of a line", ["a\n", "b\n", "\n"], ["ax", "yb", "z"], ["x\n", "y\n", "z\n"]],
    ["no line twice of which the one before was lost", ["lost\n", "b\n"], ["b", "c"], ["c\n"]],
  ] as const)("gives %s", (_, told, lines, expected) => expect(mirrored(told, ...lines)).toEqual(expected));

  it("takes lines that wait before those that come later", () => {
    const mirror = new DescriptorMirror();
    mirror.line(0, "one");
    mirror.told(0, "one\nsix\n");
    mirror.line(0, "six");
    expect(mirror.take(2)).toEqual([]);
  });

  it("waits with a line until what was told before it has been read", () => {
    const mirror = new DescriptorMirror();
    mirror.line(1, "late");
    mirror.told(1, "late\n");
    mirror.line(1, "other");
    expect(mirror.take(1)).toEqual([]);
    expect(mirror.take(1)).toEqual([{ stream: 1, text: "other\n" }]);
  });
});

describe.each([
  [
    "a.cjs",
    `const { writeSync } = require("node:fs"); const { spawnSync } = require("node:child_process");
console.log("one"); writeSync(1, "two\\n"); console.error("three"); writeSync(2, "four\\n");
spawnSync("echo", ["five"], { stdio: "inherit" }); console.log("six");
`,
  ],
  [
    "a.py",
    `import os, subprocess, sys
print("one", flush=True); os.write(1, b"two\\n"); print("three", file=sys.stderr, flush=True); os.write(2, b"four\\n")
subprocess.run(["echo", "five"]); sys.stdout.buffer.write(b"six\\n")
`,
  ],
])("what a program writes past its streams: %s", (name, text) => {
  async function writes(io_capture: "proxies" | "proxies+fd") {
    const { events } = await recordText({ [name]: text }, { policy: { io_capture } });
    return events.flatMap(({ Event }) => (Event && Event.content.trim() !== "" ? [Event] : []));
  }

  it("is recorded beside what goes through them, where the policy says so", async () => {
    const all = await writes("proxies+fd");
    const told = all.map(
      ({ content, metadata }) => `${content.trim()} ${JSON.parse(metadata).flags.includes("mirror")}`,
    );
    const lastIsTold = name === "a.cjs";
    expect(told.sort()).toEqual(
      ["one false", "two true", "three false", "four true", "five true", `six ${!lastIsTold}`].sort(),
    );
    expect((await writes("proxies")).length).toBe(lastIsTold ? 3 : 2);
  });
});
