import { afterEach, beforeEach, expect, it } from "vitest";
import { captureOutput } from "./capture-output.ts";

const real = { stdout: process.stdout.write, stderr: process.stderr.write };
let lines: string[];
let captured: ReturnType<typeof captureOutput>;

beforeEach(() => {
  lines = [];
  captured = captureOutput(
    (line) => line.replaceAll("hunter2", "***"),
    (stream, line) => lines.push(`${stream}: ${line}`),
  );
});

afterEach(() => {
  process.stdout.write = real.stdout;
  process.stderr.write = real.stderr;
});

it("gives whole lines, of each stream by itself, and what is left at the end", () => {
  process.stdout.write("on");
  process.stderr.write("other\n");
  process.stdout.write("e\ntwo");
  captured.flush();
  process.stdout.write("next");
  captured.flush();
  expect(lines).toEqual(["stderr: other", "stdout: one", "stdout: two", "stdout: next"]);
});

it("keeps characters that are written byte by byte, and heeds an encoding", () => {
  for (const byte of Buffer.from("€")) process.stdout.write(Uint8Array.of(byte));
  process.stdout.write("0a", "hex");
  expect(lines).toEqual(["stdout: €"]);
});

it("cuts a line that never ends, and leaves no part of a secret at the edge", () => {
  for (let times = 0; times < 20_000; times += 1) process.stdout.write("hunter2, ");
  captured.flush();
  expect(lines).toEqual([expect.stringMatching(/^stdout: (\*{3}, )+[*, ]* … \[cut\]$/)]);
});

it("calls back, with or without an encoding", async () => {
  await new Promise<void>((resolve) => process.stdout.write("one\n", () => resolve()));
  await new Promise<void>((resolve) => process.stdout.write("two\n", "utf8", () => resolve()));
  expect(lines).toEqual(["stdout: one", "stdout: two"]);
});
