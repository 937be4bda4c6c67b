import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callBrackets } from "./fixtures/call-brackets.ts";
import { recordText } from "./fixtures/record-text.ts";

const reader = fileURLToPath(
  new URL("../../../node_modules/.cache/trace-reader/release/trace-reader", import.meta.url),
);
const installed = dirname(createRequire(import.meta.url).resolve("acorn/package.json"));
const everything = `[meta]
name = "everything"
version = 1
[scope]
default_exec = "trace"
default_value_action = "allow"
`;

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "reader-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Records a program with all that it imports, and leaves its trace in the directory. */
async function recordAll(name: string, text: string): Promise<void> {
  const {
    error,
    events,
    text: trace,
  } = await recordText(
    { [name]: text, "f.toml": everything },
    { filters: ["f.toml"], builtin: [], limits: { depth: 2, elements: 5, length: 60 } },
  );
  expect(error).toBeUndefined();
  expect(callBrackets(events).length).toBeGreaterThan(1000);
  writeFileSync(join(directory, `${name}.json`), trace);
}

describe("programs that others wrote", () => {
  it("npm: acorn parses itself", () =>
    recordAll(
      "acorn.cjs",
      `const { parse } = require(${JSON.stringify(join(installed, "dist/acorn.js"))});
const { length } = parse("class A { #x = 1; get x() { return this.#x; } } for (const a of [1, 2]) console.log(\`\${a}\`);", { ecmaVersion: 2024 }).body;
console.log(length);
`,
    ));

  it("npm: smol-toml parses and writes TOML", () =>
    recordAll(
      "toml.mjs",
      `import { parse, stringify } from ${JSON.stringify(fileURLToPath(import.meta.resolve("smol-toml")))};
console.log(stringify(parse('a = 1\\n[b]\\nc = ["x", 1979-05-27T07:32:00Z]\\n[[d]]\\ne = { f = 0x10 }\\n')));
`,
    ));

  it("Python: modules of the standard library", () =>
    recordAll(
      "library.py",
      `import argparse, difflib, fractions, json.decoder, json.scanner, sys, textwrap, traceback

json.decoder.c_scanner = None
print(textwrap.fill("the sea and the harbour and the ships", 12))
print(list(difflib.unified_diff(["a", "b"], ["a", "c"], lineterm="")))
print(fractions.Fraction("3/4") + fractions.Fraction(1, 6))
parser = argparse.ArgumentParser()
parser.add_argument("--level", type=int, default=1)
print(parser.parse_args(["--level", "3"]))
try:
    json.loads("{")
except json.JSONDecodeError:
    traceback.print_exc(file=sys.stdout)
`,
    ));
});

describe.skipIf(!existsSync(reader))("the public CodeTracer reader (built by .ci/build-trace-reader)", () => {
  it("reads the traces of these programs", () => {
    const traces = ["acorn.cjs", "toml.mjs", "library.py"].map((name) => join(directory, `${name}.json`));
    const { status, stdout } = spawnSync(reader, traces, { encoding: "utf8" });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("acorn.cjs.json") });
  });

  it("reads every kind of a value, from both languages", async () => {
    const node = `function f(a, b) {
  const all = [1, 1.5, -0, NaN, Infinity, 2 ** 60, 10n ** 40n, true, null, undefined, "\\ud800 é", { k: [] }, new Map([[1, new Set([2])]]), f, Symbol("s"), new Error("e"), new Date(0), /x/, new Uint8Array(2)];
  return all;
}
console.log(f(1).length);
`;
    const python = `def f(a, *b, **c):
    everything = [1, 1.5, -0.0, float("nan"), float("inf"), 2 ** 62, 10 ** 40, True, None, "\\ud800 é", {"k": ()}, {2}, f, b"x", 1j, ValueError("e"), object()]
    return everything


print(len(f(1, 2, c=3)))
`;
    for (const [name, text] of [
      ["values.cjs", node],
      ["values.py", python],
    ] as const) {
      const path = join(directory, `${name}.json`);
      writeFileSync(path, (await recordText({ [name]: text }, { limits: { elements: 20 } })).text);
      expect(spawnSync(reader, [path], { encoding: "utf8" })).toMatchObject({ status: 0 });
    }
  });

  it("refuses what is no trace, so that its yes means something", () => {
    const path = join(directory, "bad.json");
    writeFileSync(path, '[{"Step":{"path_id":0,"line":1}}]');
    expect(spawnSync(reader, [path], { encoding: "utf8" })).toMatchObject({ status: 1 });
  });
});
