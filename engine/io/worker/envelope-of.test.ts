import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { envelopeOf } from "./envelope-of.ts";

describe("the envelope of what is thrown", () => {
  it.each([
    [{ a: 1 }, "made-up/step threw { a: 1 }"],
    ["just text", "made-up/step threw just text"],
    [null, "made-up/step threw null"],
    [undefined, "made-up/step threw undefined"],
    [new RangeError("too far"), "made-up/step threw RangeError: too far"],
  ])("%j says what it is", (thrown, detail) => {
    expect(envelopeOf(thrown, "made-up/step")).toMatchObject({ error: "step-threw", detail });
  });

  it.each([
    ["an object that can't be shown", { [inspect.custom]: refuse }],
    ["an error whose message can't be read", Object.defineProperty(new Error("x"), "message", { get: refuse })],
    ["a proxy that answers nothing", new Proxy({}, { get: refuse, has: refuse, getPrototypeOf: refuse })],
    ["an error whose name is no text", Object.assign(new Error("x"), { name: Symbol("n") })],
  ])("tells also of %s", (_, thrown) => {
    expect(envelopeOf(thrown, "made-up/step")).toMatchObject({
      error: "step-threw",
      detail: "made-up/step threw something that throws where it is looked at",
    });
  });

  it("is masked, and cut behind that, where there is no end of it", () => {
    const { detail } = envelopeOf(new Error("hunter2, ".repeat(100_000)), "made-up/step", (text) =>
      text.replaceAll("hunter2", "***"),
    );
    expect(detail).toMatch(/^made-up\/step threw Error: (\*{3}, )+[*, ]* … \[cut\]$/);
    expect(detail.length).toBeLessThan(5_000);
  });

  it("is the error's own, where that has all of it as text, and a category that there is", () => {
    const own = { code: "own", category: "input", detail: "It is so.", hint: "Do this." };
    expect(envelopeOf(Object.assign(new Error("x"), own), "made-up/step")).toEqual({
      error: "own",
      category: "input",
      detail: "It is so.",
      hint: "Do this.",
    });
    for (const odd of [{ hint: undefined }, { code: 42 }, { category: "weird" }, { detail: {} }])
      expect(envelopeOf(Object.assign(new Error("x"), own, odd), "made-up/step")).toMatchObject({
        error: "step-threw",
        detail: "made-up/step threw Error: x",
        hint: "The stack is in the phase's log.",
      });
  });
});

function refuse(): never {
  throw new Error("not to be looked at");
}
