import { describe, expect, it } from "vitest";
import { recordText, valuesOf } from "./fixtures/record-text.ts";

const redacted = expect.objectContaining({ kind: "Error", msg: "<redacted>" });

describe("the values of a Node program", () => {
  it("are written when they change, exactly", async () => {
    const recorded = await recordText({
      "a.cjs": `function f(a, b) {
  let n = a;
  n = n;
  n = 1.5;
  n = 2 ** 40;
  n = -(10n ** 20n);
  n = NaN;
  n = null;
  n = undefined;
  n = "text";
  n = new Error("wrong");
  n = Symbol("s");
  n = f;
  return b;
}
f(1, -0);
`,
    });
    expect(valuesOf(recorded, "n")).toMatchObject([
      { kind: "Int", i: 1 },
      { kind: "Float", f: "1.5" },
      { kind: "Int", i: 2 ** 40 },
      { kind: "BigInt", b: Buffer.from("056bc75e2d63100000", "hex").toString("base64"), negative: true },
      { kind: "Float", f: "NaN" },
      { kind: "None" },
      { kind: "None" },
      { kind: "String", text: "text" },
      { kind: "Error", msg: "Error: wrong" },
      { kind: "Raw", r: "Symbol(s)" },
      { kind: "Raw", r: "f" },
    ]);
    expect(valuesOf(recorded, "b")).toMatchObject([{ kind: "Float", f: "-0" }]);
    expect(valuesOf(recorded, "<return_value>")[0]).toMatchObject({ kind: "Float", f: "-0" });
  });

  it("are seen to change inside of containers, and are bounded", async () => {
    const limits = { depth: 2, length: 4, elements: 2, total: 100 };
    const recorded = await recordText(
      {
        "a.cjs": `function f() {
  const list = [1];
  list.push("abcdefgh");
  list.push(3);
  const self = { a: [[1]] };
  self.me = self;
  return new Map([["k", new (class Thing {})()]]);
}
f();
`,
      },
      { limits },
    );
    const texts = valuesOf(recorded, "list").map((value) => JSON.stringify(value));
    expect(texts.length).toBe(3);
    expect(texts[1]).toContain('"abcd…"');
    expect(texts[2]).toContain('"[... 1 more]"');
    const self = JSON.stringify(valuesOf(recorded, "self"));
    expect(self).toContain("[circular]");
    expect(self).toContain("[depth limit]");
    expect(JSON.stringify(valuesOf(recorded, "<return_value>"))).toContain("<Thing>");
  });

  it.each([
    [
      "a.cjs",
      "const f = (x) => 0;\nf([[1], [2], new Map([[3, 4]]), {}, new Uint8Array(2), new Date(0), new Error('e')]);\n",
      8,
      ["Sequence", ...Array(4).fill("[size limit]"), "1970-01-01T00:00:00.000Z", "Error: e"],
    ],
    [
      "a.py",
      "def f(x):\n    return 0\nf([[1], [2], {3: 4}, {5}, (), ValueError('e')])\n",
      7,
      ["Sequence", ...Array(4).fill("[size limit]"), "ValueError: e"],
    ],
  ])("are looked into until there are enough of them, %s", async (name, text, total, expected) => {
    const recorded = await recordText({ [name]: text }, { limits: { depth: 5, length: 100, elements: 100, total } });
    const [whole] = valuesOf(recorded, "x");
    const elements = (whole as { elements: { kind: string; r?: string; msg?: string }[] }).elements;
    expect(elements.map(({ kind, r, msg }) => r ?? msg ?? kind)).toEqual(expected);
  });

  it("are those that a wide object has by now", async () => {
    const recorded = await recordText({
      "a.cjs": `function f() {
  const wide = {};
  for (let i = 0; i < 300; i += 1) wide["k" + i] = i;
  wide.k1 = "changed";
  delete wide.k0;
  return wide;
}
f();
`,
    });
    const written = valuesOf(recorded, "wide").map((value) => JSON.stringify(value));
    expect(written.at(-2)).toContain('"text":"changed"');
    const [before, after] = written.slice(-2).map((text) => (JSON.parse(text).field_values as unknown[]).length);
    expect(before).toBe(100);
    expect(after).toBe(100);
    expect(JSON.parse(written.at(-1)!).field_values[0]).toMatchObject({ text: "changed" });
  });

  it("that are named like secrets never leave the process", async () => {
    const recorded = await recordText({
      "a.cjs": `function login(user, password) {
  const company = "Harbour";
  const session = { id: password };
  const form = { user, apiKey: password, plain: 1 };
  const headers = new Map([["authToken", password]]);
  return company + session.id.length + form.plain + headers.size;
}
login("anna", "hunter2" + 3);
`,
    });
    expect(recorded.text).not.toContain("hunter23");
    expect(valuesOf(recorded, "password")).toEqual([redacted]);
    expect(valuesOf(recorded, "session")).toEqual([redacted]);
    expect(valuesOf(recorded, "company")).toMatchObject([{ text: "Harbour" }]);
    expect(recorded.metadata.trace_filter).toMatchObject({
      stats: { value_redactions: { argument: 1, local: 1, attribute: 2 } },
    });
  });

  it("are dropped where the filter says so, and calls stay balanced", async () => {
    const filter = `[meta]
name = "drops"
version = 1
[scope]
default_exec = "inherit"
default_value_action = "inherit"
[[scope.rules]]
selector = "obj:literal:a.f"
[[scope.rules.value_patterns]]
selector = "arg:hidden"
action = "drop"
[[scope.rules.value_patterns]]
selector = "ret:f"
action = "drop"
[[scope.rules]]
selector = "obj:literal:a.g"
exec = "skip"
`;
    const recorded = await recordText(
      {
        "a.cjs": "function f(hidden, shown) {\n  g();\n  return 17;\n}\nfunction g() {\n  return 18;\n}\nf(19, 20);\n",
        "f.toml": filter,
      },
      { filters: ["f.toml"] },
    );
    expect(valuesOf(recorded, "hidden")).toEqual([]);
    expect(valuesOf(recorded, "shown")).toMatchObject([{ i: 20 }]);
    expect(valuesOf(recorded, "<return_value>")[0]).toMatchObject({ kind: "Error", msg: "<dropped>" });
    expect(recorded.events.some((event) => event.Function?.name === "g")).toBe(false);
    expect(recorded.text).not.toMatch(/"i":1[789]\b/);
    expect(recorded.metadata.trace_filter).toMatchObject({
      stats: { scopes_skipped: 1, value_drops: { argument: 1 } },
    });
  });

  it("of all defaults of a function are one scope to the filter", async () => {
    const filter = `[meta]
name = "t"
version = 1
[scope]
default_exec = "skip"
default_value_action = "allow"
`;
    const recorded = await recordText(
      { "a.cjs": "function f(a = Date.now(), b = Date.now()) {}\nf();\n", "f.toml": filter },
      { filters: ["f.toml"] },
    );
    // The module, the function and what gives its parameters their values.
    expect(recorded.metadata.trace_filter).toMatchObject({ stats: { scopes_skipped: 3 } });
  });
});

describe("the values of a Python program", () => {
  it("are written exactly, and only where they change", async () => {
    const recorded = await recordText({
      "a.py": `class Thing:
    pass


def f(a, *rest, key=None):
    n = a
    n = 1.5
    n = 2 ** 40
    n = -(10 ** 20)
    n = float("inf")
    n = True
    n = "text"
    n = (1, [2])
    n = {"k": {3}}
    n = Thing()
    n = ValueError("wrong")
    n = b"x"
    return rest


f(1, 2, key=3)
`,
    });
    expect(recorded.error).toBeUndefined();
    expect(valuesOf(recorded, "n")).toMatchObject([
      { kind: "Int", i: 1 },
      { kind: "Float", f: "1.5" },
      { kind: "Int", i: 2 ** 40 },
      { kind: "BigInt", negative: true },
      { kind: "Float", f: "inf" },
      { kind: "Bool", b: true },
      { kind: "String", text: "text" },
      { kind: "Tuple", elements: [{ i: 1 }, { kind: "Sequence", elements: [{ i: 2 }] }] },
      { kind: "Sequence", elements: [{ kind: "Tuple", elements: [{ text: "k" }, { kind: "Sequence" }] }] },
      { kind: "Raw", r: "<Thing>" },
      { kind: "Error", msg: "ValueError: wrong" },
      { kind: "Raw", r: "b'x'" },
    ]);
    expect(valuesOf(recorded, "<return_value>")).toContainEqual(
      expect.objectContaining({ kind: "Tuple", elements: [expect.objectContaining({ i: 2 })] }),
    );
  });

  it("that are named like secrets never leave the process", async () => {
    const recorded = await recordText({
      "a.py": `def login(user, password):
    company = "Harbour"
    token = password + "!"
    form = {"user": user, "api_key": password}
    return len(token) + len(form) + len(company)


secret = "hunter" + str(2)
login("anna", secret)
`,
    });
    expect(recorded.text).not.toContain("hunter2");
    expect(valuesOf(recorded, "password")).toEqual([redacted]);
    expect(valuesOf(recorded, "secret")).toEqual([redacted]);
    expect(valuesOf(recorded, "company")).toMatchObject([{ text: "Harbour" }]);
    expect(recorded.metadata.trace_filter).toMatchObject({
      stats: { value_redactions: { argument: 1, local: 1, global: 1, attribute: 1 } },
    });
  });
});
