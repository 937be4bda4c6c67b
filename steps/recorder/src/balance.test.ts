import { describe, expect, it } from "vitest";
import { callBrackets } from "./fixtures/call-brackets.ts";
import { recordText } from "./fixtures/record-text.ts";

/** Each step as the function that is on top, and its line. */
async function stepsOf(name: string, text: string): Promise<readonly string[]> {
  const { error, events } = await recordText({ [name]: text }, { values: "none" });
  expect(error).toBeUndefined();
  return callBrackets(events)
    .filter(({ what }) => what === "step")
    .map(({ open, line }) => `${open.at(-1)}:${line}`);
}

describe("on each thread the top of the open calls is the function that runs", () => {
  it("with two interleaved async functions, each resumed under its own activation", async () => {
    const text = `async function count(name) {
  await null;
  step(name);
  await null;
  step(name);
}
function step(name) {
  return name;
}
await Promise.all([count("a"), count("b")]);
`;
    const { events } = await recordText({ "a.mjs": text });
    const brackets = callBrackets(events);
    const running = brackets.filter(({ what, open }) => what === "step" && open.at(-1) === "step");
    expect(running.map(({ open }) => open)).toEqual(Array(4).fill(["<top-level>", "count", "step"]));
    const resumed = brackets.filter(({ what, open }) => what === "call" && open.at(-1) === "count");
    const [a, b] = [resumed[0]?.activation, resumed[1]?.activation];
    expect(a).not.toBe(b);
    expect(resumed.map(({ activation }) => activation)).toEqual([a, b, a, b, a, b]);
  });

  it("with a generator that is abandoned", async () => {
    const text = `function* numbers() {
  yield 1;
  yield 2;
}
numbers().next();
after();
function after() {
  return 1;
}
`;
    expect(await stepsOf("a.cjs", text)).toEqual(["<module>:5", "numbers:2", "<module>:6", "after:8"]);
  });

  it("with an exception that is thrown into a generator", async () => {
    const text = `function* tolerant() {
  try {
    yield 1;
  } catch {
    inner();
  }
}
function inner() {
  return 1;
}
const it = tolerant();
it.next();
it.throw(new Error("in"));
`;
    const { events } = await recordText({ "a.cjs": text });
    const inner = callBrackets(events).find(({ open }) => open.at(-1) === "inner");
    expect(inner?.open).toEqual(["<top-level>", "<module>", "tolerant", "inner"]);
  });

  it("with an await that rejects", async () => {
    const text = `async function fails() {
  await Promise.reject(new Error("no"));
}
async function handles() {
  try {
    await fails();
  } catch (error) {
    note(error);
  }
}
function note(error) {
  return error;
}
await handles();
`;
    const { events } = await recordText({ "a.mjs": text });
    const note = callBrackets(events).find(({ open }) => open.at(-1) === "note");
    expect(note?.open).toEqual(["<top-level>", "handles", "note"]);
  });

  it("with process.exit inside", async () => {
    const text = `function leave() {
  process.exit(3);
}
function around() {
  leave();
}
process.on("exit", () => {
  last();
});
function last() {
  return 1;
}
around();
`;
    const { events, metadata } = await recordText({ "a.cjs": text });
    expect(
      callBrackets(events)
        .filter(({ what }) => what === "call")
        .at(-1)
        ?.open.at(-1),
    ).toBe("last");
    expect(metadata.process_exit_status).toEqual({ code: 3, label: "exit" });
  });

  it("with exceptions that go through frames, and with finally", async () => {
    const text = `function inner() {
  null.property;
}
function middle() {
  try {
    inner();
  } finally {
    clean();
  }
}
function clean() {
  return 1;
}
try {
  middle();
} catch {
  clean();
}
`;
    expect(await stepsOf("a.cjs", text)).toEqual([
      "<module>:14",
      "<module>:15",
      "middle:5",
      "middle:6",
      "inner:2",
      "middle:8",
      "clean:12",
      "<module>:17",
      "clean:12",
    ]);
  });

  it("with what gives parameters and fields their values, which is called before its function", async () => {
    const text = `function inner(n) { return n; }
function* outer(a = inner(1), { b = inner(a) } = {}) { yield a + b; }
class Thing { field = inner(2); static { inner(3); } constructor(x = inner(4)) { this.x = x; } }
[...outer()];
new Thing();
async function fails(a = inner(5).x.y) { return a; }
fails().catch(() => inner(6));
`;
    const { events } = await recordText({ "a.cjs": text });
    const tops = callBrackets(events)
      .filter(({ what, open }) => what === "call" && open.at(-1) === "inner")
      .map(({ open }) => open.slice(1, -1).join(">"));
    expect(tops).toEqual([
      "<module>>Thing.<static>",
      "<module>>outer.<parameters>",
      "<module>>outer.<parameters>",
      "<module>>Thing.<fields>",
      "<module>>Thing.constructor.<parameters>",
      "<module>>fails.<parameters>",
      "<anonymous>",
    ]);
  });

  it("with exceptions of the language's own, which are told where they are caught", async () => {
    const text = `function fails() { return null.x; }
try { fails(); } catch { after(); }
try { fails(); } catch (error) { after(); }
function after() { throw_(); }
function throw_() { try { throw new Error("told once"); } catch (again) { return again; } }
`;
    const { events } = await recordText({ "a.cjs": text });
    const told = events.flatMap(({ Event }) => (Event?.kind === 11 ? [Event.content] : []));
    const own = "TypeError: Cannot read properties of null (reading 'x')";
    expect(told).toEqual([own, "Error: told once", own, "Error: told once"]);
  });

  it("with a delegate that suspends both", async () => {
    const text = `function* inner() {
  yield 1;
  yield 2;
}
function* outer() {
  yield* inner();
  yield 3;
}
for (const n of outer()) {
  use(n);
}
function use(n) {
  return n;
}
`;
    const { events } = await recordText({ "a.cjs": text });
    const opens = callBrackets(events)
      .filter(({ what, open }) => what === "call" && ["inner", "use"].includes(open.at(-1) ?? ""))
      .map(({ open }) => open.slice(2).join(">"));
    expect(opens).toEqual(["outer>inner", "use", "outer>inner", "use", "outer>inner", "use"]);
  });

  it("with worker threads, each of which has calls of its own", async () => {
    const text = `import { isMainThread, Worker } from "node:worker_threads";
function inWorker() {
  return 1;
}
if (isMainThread) new Worker(new URL(import.meta.url));
else inWorker();
`;
    const { events } = await recordText({ "a.mjs": text });
    const found = callBrackets(events).filter(({ open }) => open.at(-1) === "inWorker");
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ thread }) => thread === 1)).toBe(true);
  });

  it("in Python, with coroutines, generators and exceptions", async () => {
    const text = `import asyncio


async def count(name):
    await asyncio.sleep(0)
    step(name)


def step(name):
    return name


def numbers():
    try:
        yield 1
    except ValueError:
        step("thrown")


async def main():
    await asyncio.gather(count("a"), count("b"))
    it = numbers()
    next(it)
    try:
        it.throw(ValueError("in"))
    except StopIteration:
        step("after")


asyncio.run(main())
`;
    const { error, events } = await recordText({ "a.py": text });
    expect(error).toBeUndefined();
    const tops = callBrackets(events)
      .filter(({ what, open }) => what === "call" && open.at(-1) === "step")
      .map(({ open }) => open.slice(2).join(">"));
    expect(tops).toEqual(["count>step", "count>step", "main>numbers>step", "main>step"]);
  });
});
