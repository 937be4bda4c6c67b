import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import { loadDocument } from "./load-document.ts";

function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), "orchestrate-config-"));
  mkdirSync(join(root, ".git"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function errorOf(promise: Promise<unknown>): Promise<OrchestrateError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OrchestrateError) return error;
  throw new Error("expected an OrchestrateError", { cause: error });
}

/** Loads in a Node process of its own, where modules are run as Node runs them. */
function loadInNode(cwd: string): {
  readonly document?: unknown;
  readonly error?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly stderr: string;
} {
  const script = `
    const { loadDocument } = await import(${JSON.stringify(new URL("./load-document.ts", import.meta.url).href)});
    try {
      const { document } = await loadDocument({ cwd: process.cwd() });
      console.log(JSON.stringify({ document }));
    } catch (error) {
      console.log(JSON.stringify(error.toEnvelope()));
    }`;
  const words = ["--input-type=module", "--eval", script];
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: "utf8" });
  return { ...JSON.parse(stdout), stderr };
}

const yaml = "pipeline: p\nphases:\n  train: { step: a/b }\n";

describe("finding the file", () => {
  it.each([
    ["orchestrate.config.yaml", yaml],
    ["orchestrate.config.yml", yaml],
    ["orchestrate.config.json", '{"pipeline":"p","phases":{"train":{"step":"a/b"}}}'],
    [".orchestraterc", yaml],
    [".orchestraterc.yaml", yaml],
    ["package.json", '{"name":"x","orchestrate":{"pipeline":"p","phases":{"train":{"step":"a/b"}}}}'],
  ])("finds %s from a directory below", async (name, text) => {
    const root = project({ [name]: text, "src/deep/notes.txt": "" });
    const loaded = await loadDocument({ cwd: join(root, "src/deep") });
    expect(loaded.document).toEqual({ pipeline: "p", phases: { train: { step: "a/b" } } });
    expect([loaded.file, loaded.root]).toEqual([join(root, name), root]);
  });

  it("passes over a plugin's package.json", async () => {
    const root = project({
      "orchestrate.config.yaml": yaml,
      "plugin/package.json": '{"name":"plugin","orchestrate":{"api":1,"steps":{}}}',
    });
    expect((await loadDocument({ cwd: join(root, "plugin") })).root).toBe(root);
  });

  it("does not look above the repository", async () => {
    const root = project({ "orchestrate.config.yaml": yaml, "inner/.git/HEAD": "" });
    const error = await errorOf(loadDocument({ cwd: join(root, "inner") }));
    expect(error.toEnvelope()).toEqual({
      error: "pipeline-not-found",
      category: "input",
      detail: `No pipeline was found in ${join(root, "inner")} or in a directory above it.`,
      hint: "Make an orchestrate.config.yaml with `pipeline: NAME` and `phases:`, or name the file with --file FILE.",
    });
  });

  it("takes the file that is named, and says where it is not there", async () => {
    const root = project({ "other.yaml": yaml });
    expect((await loadDocument({ cwd: root, file: "other.yaml" })).file).toBe(join(root, "other.yaml"));
    const error = await errorOf(loadDocument({ cwd: root, file: "missing.yaml" }));
    expect([error.code, error.detail]).toEqual([
      "pipeline-not-found",
      `There is no file ${join(root, "missing.yaml")}.`,
    ]);
  });

  it("takes none of two that stand beside each other", async () => {
    const root = project({ "orchestrate.config.yaml": yaml, "orchestrate.config.json": "{}" });
    const error = await errorOf(loadDocument({ cwd: root }));
    const both = [join(root, "orchestrate.config.json"), join(root, "orchestrate.config.yaml")];
    expect(error.toEnvelope()).toEqual({
      error: "pipeline-ambiguous",
      category: "input",
      detail: `Several pipelines stand beside each other: ${both.join(", ")}.`,
      hint: "Name one with --file FILE, or keep one under this name.",
    });
  });

  it("does not pass over one that can't be read", async () => {
    const root = project({ "orchestrate.config.yaml": yaml, "below/orchestrate.config.yaml/x": "" });
    const error = await errorOf(loadDocument({ cwd: join(root, "below") }));
    expect([error.code, error.detail]).toEqual([
      "pipeline-unreadable",
      `The pipeline ${join(root, "below/orchestrate.config.yaml")} can't be read: EISDIR: illegal operation on a directory, read.`,
    ]);
  });

  it("takes no file that is not UTF-8", async () => {
    const root = project({});
    const path = join(root, "orchestrate.config.yaml");
    writeFileSync(path, Buffer.from([...Buffer.from("pipeline: p # "), 0xff, 0x0a]));
    for (const from of [{ cwd: root }, { cwd: root, file: path }])
      expect((await errorOf(loadDocument(from))).detail).toBe(`The pipeline ${path} can't be read: it is not UTF-8.`);
    writeFileSync(path, "pipeline: p # \ufffd\n");
    expect((await loadDocument({ cwd: root })).document).toEqual({ pipeline: "p" });
  });

  it("says that a directory is no pipeline", async () => {
    const root = project({ "dir/x": "" });
    const error = await errorOf(loadDocument({ cwd: root, file: "dir" }));
    expect(error.code).toBe("pipeline-unreadable");
    expect(error.detail).toContain(`The pipeline ${join(root, "dir")} can't be read: EISDIR`);
  });
});

describe("text that can't be used", () => {
  const check = (title: string, name: string, text: string, place: string, words: string, hint = "") =>
    it(title, async () => {
      const root = project({ [name]: text });
      const error = await errorOf(loadDocument({ cwd: root }));
      expect([error.code, error.category]).toEqual(["pipeline-unreadable", "input"]);
      expect(error.detail).toBe(`${join(root, name)}${place} ${words}`);
      expect(error.hint).toContain(hint);
    });
  const file = "orchestrate.config.yaml";
  const jsonFile = "orchestrate.config.json";

  check(
    "YAML syntax",
    file,
    "pipeline: p\nphases: [1,\nb: {",
    ":3:1",
    "can't be read: it is not YAML (deficient indentation).",
  );
  check(
    "a tab",
    file,
    "phases:\n\ta: 1",
    ":2:1",
    "can't be read: it is not YAML (tab characters must not be used in indentation).",
  );
  check(
    "a template out of quotes",
    file,
    "phases:\n  a: { with: { argv: [cp, ${inputs.text}] } }",
    ":2:28",
    "can't be read: it is not YAML (missed comma between flow collection entries).",
    'Put what has ${…} or [*] in it in quotes: "${inputs.text}".',
  );
  check(
    "a colon within a text",
    file,
    "pipeline: p\ndescription: sweep: learning rates",
    ":2:19",
    "can't be read: it is not YAML (bad indentation of a mapping entry).",
    "Put a text that has a colon in it in quotes.",
  );
  check("a key twice in YAML", file, "phases: {}\nseed: 1\nseed: 2\n", ":3:1", "can't be read: a key stands twice.");
  check(
    "a key twice in JSON",
    jsonFile,
    '{\n "a": {"x": [{"y": 1}], "y": 2},\n "a": 3}',
    ":3:2",
    'can\'t be read: the key "a" stands twice.',
  );
  check("JSON syntax", jsonFile, '{\n  "a": ,\n}', ":2:8", "can't be read: it is not JSON (Unexpected token ',').");
  check(
    "JSON that ends early",
    jsonFile,
    '{\n  "a":',
    ":2:7",
    "can't be read: it is not JSON (Unexpected end of JSON input).",
  );
  check(
    "a number with too many digits in YAML",
    file,
    "pipeline: p\nphases: { a: { with: { id: 12345678901234567890 } } }",
    ":2:28",
    "can't be read: the number 12345678901234567890 has more digits than are kept.",
    "Write it in quotes.",
  );
  check(
    "a number with too many digits in JSON",
    jsonFile,
    '{ "seed": 9007199254740993 }',
    ":1:11",
    "can't be read: the number 9007199254740993 has more digits than are kept.",
    "Write it in quotes.",
  );
  check("an empty file", file, "\n", "", "can't be read: it is empty.");
  check(
    "a list",
    file,
    "- a\n",
    ":1:1",
    "can't be used: it holds a list and not an object.",
    "Write keys and values: `pipeline: NAME`.",
  );
  check(
    "__proto__",
    file,
    "phases:\n  a:\n    with: {__proto__: {x: 1}}\n",
    ":3:12",
    "can't be used: phases.a.with.__proto__ is a key that is not allowed.",
    "prototype",
  );
  check(
    "constructor in JSON",
    jsonFile,
    '{"a": [{"constructor": 1}]}',
    ":1:9",
    "can't be used: a[0].constructor is a key that is not allowed.",
  );
  check(
    "a merge key",
    file,
    "a: &x {b: 1}\nc: {<<: *x}\n",
    ":2:5",
    "can't be used: c.<< is a key that is not allowed.".replace("c.<<", 'c["<<"]'),
    "merge keys",
  );
  check("not a number", file, "a: .nan\n", ":1:1", "can't be used: a is NaN, which is not plain JSON.");
  check(
    "an alias that holds itself",
    file,
    "a: &x [*x]\n",
    ":1:8",
    `can't be used: a${"[0]".repeat(100)} is nested deeper than 100 levels.`,
    "alias",
  );

  it("refuses aliases that grow beyond bounds", async () => {
    const lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"];
    for (let i = 1; i < 9; i++)
      lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(",")}]`);
    const root = project({ [file]: lines.join("\n") });
    const error = await errorOf(loadDocument({ cwd: root }));
    expect(error.detail).toContain("are more than 2000000 values once aliases are written out");
  });
});

describe("places", () => {
  it("finds keys and items in YAML", async () => {
    const root = project({
      "orchestrate.config.yaml": "pipeline: p\nphases:\n  train:\n    after: [a, b]\n  two: {}\n",
    });
    const locate = await (await loadDocument({ cwd: root })).locator();
    expect(locate(["phases", "train", "after", 1])).toEqual({ line: 4, column: 16 });
    expect(locate(["phases", "two", "step"])).toEqual({ line: 5, column: 3 });
    expect(locate([])).toEqual({ line: 1, column: 1 });
  });

  it("finds them in package.json below its key", async () => {
    const root = project({ "package.json": '{\n "orchestrate": {\n  "phases": {\n   "a": {}}}}' });
    const locate = await (await loadDocument({ cwd: root })).locator();
    expect(locate(["phases", "a"])).toEqual({ line: 4, column: 4 });
  });
});

describe("modules", () => {
  it("runs TypeScript and JavaScript", () => {
    const ts = 'const name: string = "p";\nexport default { pipeline: name, phases: {} };\n';
    expect(loadInNode(project({ "orchestrate.config.ts": ts })).document).toEqual({ pipeline: "p", phases: {} });
    expect(loadInNode(project({ "orchestrate.config.mjs": 'export default { pipeline: "p" };' })).document).toEqual({
      pipeline: "p",
    });
  });

  const check = (title: string, text: string, words: string, hint: string) =>
    it(title, () => {
      const root = project({ "orchestrate.config.mts": text });
      const { error, detail, hint: told } = loadInNode(root);
      expect(error).toBe("pipeline-unreadable");
      expect(detail).toContain(join(root, "orchestrate.config.mts"));
      expect(detail).toContain(words);
      expect(told).toContain(hint);
    });

  it("keeps what a module prints out of the command's own output", () => {
    const root = project({ "orchestrate.config.mts": 'console.log("noise"); export default { pipeline: "p" };' });
    expect(loadInNode(root)).toEqual({ document: { pipeline: "p" }, stderr: "noise\n" });
  });

  check(
    "says what an enum is",
    "enum Mode { A }\nexport default { mode: Mode.A };",
    "orchestrate.config.mts:1 can't be read: TypeScript enum is not supported",
    "Use a union of strings instead of an enum",
  );
  check(
    "says what a syntax error is, and where",
    'export default {\n  pipeline: "p",\n;',
    "orchestrate.config.mts:3 can't be read: ",
    "Correct the syntax there.",
  );
  check(
    "says what the module threw, and where",
    'const data: string = "x";\n  throw new Error("no such data");',
    "orchestrate.config.mts:2:9 can't be read: no such data.",
    "threw that",
  );
  check(
    "says what is not installed",
    'import "nowhere-to-be-found";\nexport default {};',
    "Cannot find package 'nowhere-to-be-found'",
    "must be installed",
  );
  it.each([
    ["orchestrate.config.ts", 'import { join } from "node:path";\nexport default { pipeline: join("a") };', "mts"],
    ["orchestrate.config.js", "export default {};", "mjs"],
  ])("says what to do about a module %s that package.json makes CommonJS", (name, text, extension) => {
    const root = project({ "package.json": '{ "type": "commonjs" }', [name]: text });
    const { error, hint } = loadInNode(root);
    expect(error).toBe("pipeline-unreadable");
    expect(hint).toBe(
      `Its package.json has Node read it as CommonJS: name it orchestrate.config.${extension}, or write "type": "module" there.`,
    );
  });

  it("passes on what Node warns of, but for its advice on package.json", () => {
    const text = 'import "node:path";\nprocess.emitWarning("mind the gap");\nexport default { pipeline: "p" };';
    const root = project({ "package.json": "{}", "orchestrate.config.ts": text });
    const { document, stderr } = loadInNode(root);
    expect(document).toEqual({ pipeline: "p" });
    expect(stderr).toMatch(/^\(node:\d+\) Warning: mind the gap\n\(Use `node --trace-warnings .*\)\n$/);
    const commonJs = project({ "package.json": '{ "type": "commonjs" }', "orchestrate.config.ts": text });
    expect(loadInNode(commonJs)).toMatchObject({ error: "pipeline-unreadable", stderr: "" });
  });

  check("wants a default export", "export const phases = {};", "it has no default export", "definePipeline");
  check(
    "refuses a function",
    "export default { phases: { a: { with: { f: () => 1 } } } };",
    "phases.a.with.f is a function, which is not plain JSON",
    "Use strings",
  );
  check("refuses a date", "export default { at: [new Date(0)] };", "at[0] is an instance of Date", "Use strings");
  check("refuses undefined", "export default { seed: undefined };", "seed is undefined", "Use strings");
});
