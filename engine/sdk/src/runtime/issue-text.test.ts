import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueText } from "./issue-text.ts";

function textOf(schema: z.ZodType, value: unknown, limit?: number): string {
  const { error } = schema.safeParse(value);
  if (error === undefined) throw new TypeError("the value is good");
  return issueText(error, limit);
}

describe("issueText", () => {
  it("names the field", () => {
    expect(textOf(z.strictObject({ a: z.array(z.number()) }), { a: [1, "2"] })).toBe(
      "a[1]: expected number, received string",
    );
    expect(textOf(z.number(), "x")).toBe("expected number, received string");
    expect(textOf(z.strictObject({}), { b: 1 })).toBe('Unrecognized key: "b"');
  });

  it("tells a few of many", () => {
    expect(textOf(z.array(z.number()), ["a", "b", "c"], 2)).toBe(
      "[0]: expected number, received string; [1]: expected number, received string; and 1 more",
    );
  });

  it("tells the nearest branch of a union, or the union's own words", () => {
    const cat = z.strictObject({ kind: z.literal("cat"), lives: z.number() });
    const dog = z.strictObject({ kind: z.literal("dog"), name: z.string() });
    expect(textOf(z.strictObject({ pet: z.union([cat, dog]) }), { pet: { kind: "cat", lives: "9" } })).toBe(
      "pet.lives: expected number, received string",
    );
    expect(textOf(z.union([z.literal(1), z.literal(2)], { error: "say one or two" }), 3)).toBe("say one or two");
  });
});
