import { expect, it } from "vitest";
import { recordText } from "../fixtures/record-text.ts";
import { Interned } from "./interned.ts";
import { splitArray } from "./split-array.ts";
import { parseEvent, type TraceEvent, type ValueRecord } from "./trace-event.ts";
import { valueLiteral } from "./value-literal.ts";

it.each([
  [
    "a.cjs",
    `const f = (x) => 0;
for (const x of [undefined, null, "undefined", NaN, "NaN", 0, -0, 2n ** 53n, 2n ** 53n + 1n]) f(x);
for (const x of [[1], new Set([1]), { a: 1 }, new (class P { a = 1 })()]) f(x);
`,
    [
      ...["undefined", "null", '"undefined"', "NaN", '"NaN"', "0", "-0.0", "9007199254740992n", "9007199254740993n"],
      ...["Array [1]", "Set [1]", "Object {a: 1}", "`<P>`"],
    ],
  ],
  [
    "a.py",
    `def f(x):
    return 0
for x in (1, 1.0, None, 2**53, 2**53 + 1, -2**63, 2**63, (1,), [1], float("nan"), "NaN"):
    f(x)
`,
    [
      ...["1", "1.0", "NoneType", "9007199254740992", "9007199254740993", "-9223372036854775808"],
      ...["9223372036854775808n", "tuple (1)", "list [1]", "NaN", '"NaN"'],
    ],
  ],
])("values of other kinds and types are other literals: %s", async (name, text, literals) => {
  const recorded = await recordText({ [name]: text });
  expect(await argumentsIn(recorded.text)).toEqual(literals);
});

it("objects of two types are told apart, though they have the same fields", async () => {
  const fields = [{ name: "x", type_id: 2 }];
  const types = ["Point", "Size"].map((lang_type) => ({
    Type: { kind: 6, lang_type, specific_info: { kind: "Struct", fields } },
  }));
  const struct = (type_id: number) => ({ kind: "Struct", type_id, field_values: [{ kind: "Int", i: 1 }] });
  expect(await argumentsIn(JSON.stringify([...types, ...calls(struct(0), struct(1))]))).toEqual([
    "Point {x: 1}",
    "Size {x: 1}",
  ]);
});

it("a value whose type the trace does not tell is called by its kind", async () => {
  const one = { kind: "Int", i: 1 };
  const values = [
    { kind: "Struct", type_id: 7, field_values: [one] },
    { kind: "Struct", field_values: [] },
    { kind: "Sequence", type_id: 7, elements: [one] },
    { kind: "None" },
  ];
  expect(await argumentsIn(JSON.stringify(calls(...values)))).toEqual([
    "Struct {0: 1}",
    "Struct {}",
    "Sequence [1]",
    "None",
  ]);
});

it.each([":", ": ", " :\n\t"])("numbers beyond 2^53 are kept with %j before them", async (colon) => {
  const numbers = ["9007199254740993", "-9007199254740993", "9223372036854775807"];
  const text = JSON.stringify(calls(...numbers.map((number) => ({ kind: "Int", i: number }))));
  const laidOut = text.replaceAll(/"i":"(-?\d+)"/g, (_, number) => `"i"${colon}${number}`);
  expect(await argumentsIn(laidOut)).toEqual(numbers);
});

function calls(...values: readonly ValueRecord[]) {
  const first = [{ Path: "/a" }, { Function: { path_id: 0, line: 1, name: "f" } }, { VariableName: "x" }];
  return [...first, ...values.map((value) => ({ Call: { function_id: 0, args: [{ variable_id: 0, value }] } }))];
}

/** What `x` is in each call that has it, as literals. */
async function argumentsIn(text: string): Promise<readonly string[]> {
  const interned = new Interned();
  const literals: string[] = [];
  for await (const element of splitArray(chunked(text))) {
    const event: TraceEvent = parseEvent(element);
    if (interned.take(event) || event.type !== "Call") continue;
    const found = event.body.args.find(({ variable_id }) => interned.variables[variable_id] === "x");
    if (found !== undefined) literals.push(valueLiteral(found.value, interned));
  }
  return literals;
}

async function* chunked(text: string) {
  yield Buffer.from(text);
}
