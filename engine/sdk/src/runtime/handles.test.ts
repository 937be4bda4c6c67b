import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArtifactForm, type ArtifactMode, z } from "../index.ts";
import { gatheredHandle, inputHandle } from "./input-handle.ts";
import { outputHandle } from "./output-handle.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "handles-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function input(form: ArtifactForm, content: string, schema?: z.ZodType) {
  const path = join(directory, "input");
  writeFileSync(path, content);
  return inputHandle("data", { form, schema }, { path, digest: "sha256:0" });
}

function output(form: ArtifactForm, options: { schema?: z.ZodType; path?: string; mode?: ArtifactMode } = {}) {
  const place = { staging: directory, inputs: [join(directory, "inputs")] };
  return outputHandle("result", { form, mode: "required", ...options }, place);
}

class Boxed {
  readonly content: number;

  constructor(content: number) {
    this.content = content;
  }
}

function nested(depth: number, value: unknown): unknown {
  return depth === 0 ? value : [nested(depth - 1, value)];
}

function circular(): unknown {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}

function place(path: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), path);
}

describe("inputHandle", () => {
  it("reads a file as text and as bytes", async () => {
    const handle = input("file", "grüße");
    if (handle.form !== "file") throw new TypeError();
    expect(await handle.text()).toBe("grüße");
    expect((await handle.bytes()).length).toBe(7);
    expect(handle.digest).toBe("sha256:0");
  });

  it("names input, file and field where JSON has the wrong shape", async () => {
    const schema = z.strictObject({ scores: z.array(z.strictObject({ word: z.string() })) });
    const handle = input("json", '{"scores":[{"word":"a"},{"word":3}]}', schema);
    if (handle.form !== "json") throw new TypeError();
    await expect(handle.read()).rejects.toMatchObject({
      code: "input-invalid",
      category: "input",
      detail: `Input "data" (${directory}/input) does not have the declared shape: scores[1].word: expected string, received number.`,
      hint: "Wire it to an artifact of that shape, or mend the step that wrote it.",
    });
  });

  it("names input and file where JSON does not parse", async () => {
    const handle = input("json", '{"scores":');
    if (handle.form !== "json") throw new TypeError();
    await expect(handle.read()).rejects.toThrow(
      /^Input "data" \(.*\/input\) is not JSON: Unexpected end of JSON input/,
    );
  });

  it("streams rows, whatever separators their strings hold, and names the line that is wrong", async () => {
    const schema = z.strictObject({ text: z.string() });
    const good = input("ndjson", '{"text":"a\u2028b"}\n\n{"text":"c"}', schema);
    if (good.form !== "ndjson") throw new TypeError();
    const rows: unknown[] = [];
    for await (const row of good.rows()) rows.push(row);
    expect(rows).toEqual([{ text: "a\u2028b" }, { text: "c" }]);

    const bad = input("ndjson", '{"text":"a"}\n\n{"txt":"c"}\n', schema);
    if (bad.form !== "ndjson") throw new TypeError();
    const all = async () => {
      for await (const row of bad.rows()) rows.push(row);
    };
    await expect(all()).rejects.toThrow(/^Line 3 of input "data" .*text: expected string, received undefined/);
  });

  it("reads rows that are longer than one chunk of the file", async () => {
    const long = "ä".repeat(1_500_000);
    const handle = input("ndjson", `${JSON.stringify(long)}\n${JSON.stringify("short")}\n`);
    if (handle.form !== "ndjson") throw new TypeError();
    const rows: unknown[] = [];
    for await (const row of handle.rows()) rows.push(row);
    expect(rows).toEqual([long, "short"]);
  });

  it("refuses a path that leaves a directory", () => {
    mkdirSync(join(directory, "tree"));
    const handle = inputHandle("images", { form: "directory" }, { path: join(directory, "tree"), digest: "sha256:0" });
    if (handle.form !== "directory") throw new TypeError();
    expect(handle.file("a/./b.png")).toBe(join(directory, "tree/a/b.png"));
    for (const path of ["../x", "a/../../x", "/etc/passwd", "", "."]) {
      expect(thrownBy(() => handle.file(path))).toMatchObject({
        code: "input-escapes",
        category: "input",
        detail: `"${path}" is not a path inside the directory of input "images".`,
        hint: 'Name a file by a relative path without "..".',
      });
    }
  });

  it("gathers instances with key and item, and names the instance that is wrong", async () => {
    writeFileSync(join(directory, "one"), "1");
    writeFileSync(join(directory, "two"), "two");
    const at = (name: string) => ({ path: join(directory, name), digest: "sha256:0", key: name, item: { name } });
    const handles = gatheredHandle("parts", { form: "json" }, [at("one"), at("two")]);
    expect(handles.map(({ key, item }) => [key, item])).toEqual([
      ["one", { name: "one" }],
      ["two", { name: "two" }],
    ]);
    const [one, two] = handles;
    if (one?.form !== "json" || two?.form !== "json") throw new TypeError();
    expect(await one.read()).toBe(1);
    await expect(two.read()).rejects.toThrow('Input "parts[two]"');
  });
});

describe("outputHandle", () => {
  it("writes files of any size below parents that exist from the start", async () => {
    const { handle } = output("file", { path: "deep/er/model.bin" });
    if (handle.form !== "file") throw new TypeError();
    writeFileSync(join(directory, handle.path), "by the step itself");
    const data = new Uint8Array(3 << 20).fill(7);
    await handle.write(data);
    expect(readFileSync(join(directory, "deep/er/model.bin")).equals(data)).toBe(true);
  });

  it("writes a document once, with keys in the order given and one line feed", async () => {
    const { handle } = output("json", { path: "out.json" });
    if (handle.form !== "json") throw new TypeError();
    await handle.write({ b: 1, a: [2] });
    expect(readFileSync(join(directory, "out.json"), "utf8")).toBe('{"b":1,"a":[2]}\n');
    await expect(handle.write({})).rejects.toMatchObject({
      code: "output-written-twice",
      detail: 'Output "result" was written before.',
    });
  });

  it("refuses what does not match the schema, and leaves nothing behind", async () => {
    const { handle } = output("json", { schema: z.strictObject({ mcc: z.number() }) });
    if (handle.form !== "json") throw new TypeError();
    await expect(handle.write({ mcc: Number.NaN })).rejects.toMatchObject({
      code: "output-invalid",
      detail: 'Output "result" does not have the declared shape: mcc: expected number, received NaN.',
    });
    await handle.write({ mcc: 0.5 });
  });

  it.each([
    [{ deep: { loss: Number.POSITIVE_INFINITY } }, 'the value of "loss" is Infinity'],
    [{ run: () => {} }, 'the value of "run" is a function'],
    [[undefined], 'the value of "0" is undefined'],
    [undefined, "there is no value"],
    [{ count: 1n }, "BigInt"],
    [new Array<number>(2), 'the value of "0" is undefined'],
    [{ sizes: new Map([["one", 1]]) }, 'the value of "sizes" is of class Map, of which JSON keeps nothing'],
    [{ later: Promise.resolve(1) }, 'the value of "later" is of class Promise, of which JSON keeps nothing'],
    [{ toJSON: () => Number.NaN }, "the value is NaN"],
    [new Boxed(Number.NaN), 'the value of "content" is NaN'],
    [nested(200, Number.NaN), 'the value of "0" is NaN'],
    [circular(), "circular"],
  ])("refuses what JSON can't hold: %o", async (value, words) => {
    const { handle } = output("json");
    if (handle.form !== "json") throw new TypeError();
    await expect(handle.write(value)).rejects.toThrow(words);
  });

  it.each([
    [{ left: undefined, kept: null }, '{"kept":null}'],
    [{ at: new Date(0), title: "a\nb" }, '{"at":"1970-01-01T00:00:00.000Z","title":"a\\nb"}'],
    [Object.assign(Object.create(null), { bare: [true, -0.5] }), '{"bare":[true,-0.5]}'],
    [new Boxed(7), '{"content":7}'],
    [nested(200, 1), `${"[".repeat(200)}1${"]".repeat(200)}`],
  ])("writes what JSON holds: %o", async (value, text) => {
    const { handle } = output("json");
    if (handle.form !== "json") throw new TypeError();
    await handle.write(value);
    expect(readFileSync(join(directory, "result"), "utf8")).toBe(`${text}\n`);
  });

  it("appends rows and keeps what a child wrote to the same file", async () => {
    const { handle, finish } = output("ndjson", { schema: z.number() });
    if (handle.form !== "ndjson") throw new TypeError();
    writeFileSync(join(directory, handle.path), "0\n");
    for (let row = 1; row <= 100_000; row += 1) await handle.append(row);
    await expect(handle.append("x")).rejects.toThrow('Row 100001 of output "result"');
    finish();
    finish();
    const lines = readFileSync(join(directory, "result"), "utf8").trimEnd().split("\n");
    expect(lines.length).toBe(100_001);
    expect(lines.at(-1)).toBe("100000");
  });

  it("makes an empty file of a required NDJSON output without rows, and none of an optional one", () => {
    output("ndjson", { path: "required.ndjson" }).finish();
    output("ndjson", { path: "optional.ndjson", mode: "optional" }).finish();
    expect(readFileSync(join(directory, "required.ndjson"), "utf8")).toBe("");
    expect(() => readFileSync(join(directory, "optional.ndjson"))).toThrow("ENOENT");
  });

  it("makes directories, parents of what it names, and refuses paths that leave", () => {
    const { handle, finish } = output("directory", { path: "bundle" });
    if (handle.form !== "directory") throw new TypeError();
    expect(handle.file("a/b.txt")).toBe("bundle/a/b.txt");
    writeFileSync(join(directory, "bundle/a/b.txt"), "");
    expect(thrownBy(() => handle.file("../b.txt"))).toMatchObject({
      code: "output-escapes",
      category: "failed",
      detail: '"../b.txt" is not a path inside the directory of output "result".',
      hint: 'Name a file by a relative path without "..".',
    });
    finish();
  });

  it("notes what is carried over, and leaves it to the engine to lay it", () => {
    place("inputs/table/part/a");
    place("inputs/model.bin");
    const tree = output("directory", { path: "bundle" });
    const model = output("file", { path: "model.bin" });
    if (tree.handle.form !== "directory" || model.handle.form !== "file") throw new TypeError();
    tree.handle.carry("part/a", join(directory, "inputs/table/part/a"));
    model.handle.carry(join(directory, "inputs/model.bin"));
    tree.finish();
    model.finish();
    expect(tree.carried).toEqual([{ path: "bundle/part/a", from: join(directory, "inputs/table/part/a") }]);
    expect(model.carried).toEqual([{ path: "model.bin", from: join(directory, "inputs/model.bin") }]);
    expect(() => readFileSync(join(directory, "model.bin"))).toThrow("ENOENT");
  });

  it("refuses to carry over what is no file of an input, or to a place that is written", () => {
    place("inputs/a");
    place("elsewhere");
    const { handle, finish } = output("directory", { path: "bundle" });
    if (handle.form !== "directory") throw new TypeError();
    const [a, elsewhere] = [join(directory, "inputs/a"), join(directory, "elsewhere")];
    for (const from of [elsewhere, `${directory}/inputs/../elsewhere`, join(directory, "inputs"), join(a, "none")]) {
      expect(thrownBy(() => handle.carry("a", from))).toMatchObject({
        code: "carried-from-elsewhere",
        category: "failed",
        detail: `Output "result" can't carry over ${from}, which is no file of an input.`,
        hint: "Name a file by the path that an input's handle gives, or copy it.",
      });
    }
    expect(() => handle.carry("../a", a)).toThrow('"../a" is not a path inside the directory of output "result".');
    handle.carry("b", a);
    writeFileSync(join(directory, "bundle/b"), "");
    const twice =
      '"bundle/b" of output "result" is carried over from an input, and was written or carried over before.';
    expect(finish).toThrow(twice);
    rmSync(join(directory, "bundle/b"));
    handle.carry("b", a);
    expect(finish).toThrow(twice);
  });

  it("takes an empty optional directory as not written", () => {
    const empty = output("directory", { path: "empty", mode: "optional" });
    empty.finish();
    empty.finish();
    const full = output("directory", { path: "full", mode: "optional" });
    writeFileSync(join(directory, "full/x"), "x");
    full.finish();
    expect(() => readFileSync(join(directory, "empty"))).toThrow("ENOENT");
    expect(readFileSync(join(directory, "full/x"), "utf8")).toBe("x");
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
