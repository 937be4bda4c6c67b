import { describe, expect, it } from "vitest";
import { defineService, defineToken, z } from "./index.ts";

const Greeting = defineToken<() => string>("test/greeting");
const whole = { token: Greeting, summary: "Greets.", options: z.strictObject({}), create: () => () => "hello" };

describe("defineService", () => {
  it("tells the contract as plain data, with what is left out filled in", () => {
    const contract = defineService(whole).contract();
    expect(JSON.parse(JSON.stringify(contract))).toEqual(contract);
    expect(contract).toMatchObject({
      token: "test/greeting",
      summary: "Greets.",
      options: { type: "object", additionalProperties: false },
      scope: "attempt",
      code: [],
      checked: false,
    });
    const check = async () => ({ state: "ok" as const, detail: "There.", hint: "" });
    const more = defineService({ ...whole, scope: "worker", code: ["a.py"], check }).contract();
    expect(more).toMatchObject({ scope: "worker", code: ["a.py"], checked: true });
  });

  it.each([
    [{ token: "test/greeting" }, "`token` must be what defineToken gives."],
    [{ token: undefined }, "`token` must be what defineToken gives."],
    [{ summary: undefined }, "`summary` must be a sentence that says what the service is."],
    [{ options: { p: 1 } }, "`options` must be a schema: z.strictObject({}) for a service that takes none."],
    [{ create: undefined }, "`create` must be a function."],
    [{ scope: "process" }, '`scope` must be "attempt" or "worker", or be left out.'],
    [{ code: "a.py" }, "`code` must be a list."],
    [{ dispose: "yes" }, "`dispose` must be a function, or be left out."],
    [{ check: true }, "`check` must be a function, or be left out."],
    [
      { make: () => 0 },
      "`make` is no field of the definition. Its fields are token, summary, options, scope, code, create, dispose, check.",
    ],
  ])("says what is missing or wrong, to those who have no compiler: %o", (wrong, words) => {
    expect(() => defineService({ ...whole, ...wrong } as typeof whole)).toThrow(new TypeError(words).message);
  });
});
