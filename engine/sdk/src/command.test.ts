import { describe, expect, it } from "vitest";
import { defineCommand } from "./index.ts";

const whole = { summary: "Says hello.", run: async () => 0 };

describe("defineCommand", () => {
  it("keeps what it is given", () => {
    expect(defineCommand(whole)).toEqual({ orchestrate: "command", definition: whole });
  });

  it.each([
    [{ summary: undefined }, "`summary` must be a sentence that says what the command does."],
    [{ run: undefined }, "`run` must be a function."],
    [{ options: {} }, "`options` is no field of the definition. Its fields are summary, run."],
  ])("says what is missing or wrong, to those who have no compiler: %o", (wrong, words) => {
    expect(() => defineCommand({ ...whole, ...wrong } as typeof whole)).toThrow(new TypeError(words).message);
  });
});
