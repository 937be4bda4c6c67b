import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordBeside } from "./fixtures/record-beside.ts";

const page = readFileSync(new URL("../../../docs/guide/recording.md", import.meta.url), "utf8").replace(/\s+/g, " ");

/** What of all that a program tells differs when it is recorded. */
async function differing(interpreter: string, program: string): Promise<readonly string[]> {
  const { plain, recorded } = await recordBeside([interpreter, program]);
  const [left = {}, right = {}] = [plain, recorded].map(({ stdout }) => JSON.parse(stdout) as Record<string, unknown>);
  expect(Object.keys(left).length).toBeGreaterThan(20);
  return Object.keys(left).filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]));
}

describe("what a recorded program can notice is what the guide says, and nothing else", () => {
  it.each([
    [
      "Node",
      process.execPath,
      "differences/noticed.cjs",
      {
        "file descriptors": "one more open file",
        "fn.toString()": "`fn.toString()`",
        "names of global properties": "`orchestrate.recorder`",
        "properties of Error": "`Error.prepareStackTrace` is an accessor",
        "properties of process.stderr": "own, not enumerable `write`",
        "properties of process.stdout": "own, not enumerable `write`",
        "properties of the prototype of process": "`process.emit` is reached through an accessor",
        "types of asynchronous resources": "`async_hooks`",
      },
    ],
    [
      "Python",
      "python3",
      "differences/noticed.py",
      // Not all of it in every version.
      {
        "callbacks of atexit": "one callback of `atexit`",
        "file descriptors": "one more open file and a socket",
        "locals() at a later line": "`locals()`",
        modules: "modules of the tracer, and those that it needs, in `sys.modules`",
        "sys.gettrace()": "`sys.gettrace()`",
        "sys.monitoring": "a tool of `sys.monitoring`",
        "sys.stdout": "`sys.stdout.write` is a function of the tracer",
        "threading.gettrace()": "`threading.gettrace()`",
      },
    ],
  ])("%s", async (_, interpreter, program, documented) => {
    const names = await differing(interpreter, program);
    expect(names.filter((name) => !Object.hasOwn(documented, name))).toEqual([]);
    expect(names.length).toBeGreaterThan(2);
    for (const words of Object.values(documented)) expect(page).toContain(words);
  });
});
