import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { FollowerProcess } from "./follower-process.ts";

const directory = mkdtempSync(join(tmpdir(), "follower-process-"));
afterAll(() => rmSync(directory, { recursive: true }));

const order = { type: "follow", name: "made-up", module: "", options: {}, secrets: {}, run: "r", directory } as const;

function program(text: string): string {
  const path = join(directory, `${Math.abs(text.length)}.js`);
  writeFileSync(path, text);
  return path;
}

it.each([
  ["process.exit(7)", "The follower made-up ended with status 7. The run is not affected.", false],
  [
    "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)",
    "The follower made-up ended by SIGTERM. The run is not affected.",
    true,
  ],
  ["process.once('message', () => process.send({ type: 'followed' }))", undefined, false],
])("tells how a follower ended that does: %s", async (text, words, isKilled) => {
  const follower = new FollowerProcess(program(text), order);
  expect(await follower.end(30_000)).toEqual({ words, isKilled });
});

it("ends one that has not taken the run in in time", async () => {
  const follower = new FollowerProcess(program("setInterval(() => {}, 1000); process.on('message', () => {})"), order);
  expect(await follower.end(1)).toEqual({
    words: "The follower made-up had not taken the run in after 0.001 s and was ended. The run is not affected.",
    isKilled: false,
  });
});
