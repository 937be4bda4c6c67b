import { describe, expect, it } from "vitest";
import { parseScalar } from "../io/config/parse-scalar.ts";
import { nestFields } from "./nest-fields.ts";

const nest = (...texts: readonly string[]) => nestFields("--with", texts, parseScalar);

describe("fields of a command line", () => {
  it("nest by their dots", () => {
    expect(nest("a.b=1", "a.c=yes", "d=x=y", "e=")).toEqual({ a: { b: 1, c: "yes" }, d: "x=y", e: "" });
  });

  it.each([
    [["a"], "--with a is not name=value.", "Write it as --with name=value."],
    [["=1"], "--with =1 is not name=value.", "Write it as --with name=value."],
    [["a..b=1"], "--with a..b=1 is not name=value.", "Write it as --with name=value."],
    [["__proto__.a=1"], "--with __proto__.a=1 is not name=value.", "Write it as --with name=value."],
    [["a=1", "a=2"], "--with gives a twice.", "Give it once."],
    [
      ["a=1", "a.b=2"],
      "--with gives both a and a.b, of which one lies inside the other.",
      "Give the one or the other.",
    ],
    [
      ["a.b=2", "a=1"],
      "--with gives both a.b and a, of which one lies inside the other.",
      "Give the one or the other.",
    ],
  ])("%j are refused", (texts, detail, hint) => {
    expect(() => nest(...texts)).toThrow(expect.objectContaining({ code: "usage", category: "input", detail, hint }));
  });
});
