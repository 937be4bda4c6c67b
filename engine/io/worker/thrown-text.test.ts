import { describe, expect, it } from "vitest";
import { stackOf, thrownText } from "./thrown-text.ts";

const refused = new Error("connect ECONNREFUSED 127.0.0.1:1");

describe("the words for what was thrown", () => {
  it.each([
    [
      new TypeError("fetch failed", { cause: refused }),
      "TypeError: fetch failed (Error: connect ECONNREFUSED 127.0.0.1:1)",
    ],
    [
      new AggregateError([refused, "gone"], "both"),
      "AggregateError: both (Error: connect ECONNREFUSED 127.0.0.1:1; gone)",
    ],
    [new AggregateError([refused]), "AggregateError (Error: connect ECONNREFUSED 127.0.0.1:1)"],
    [new Error(), "Error"],
  ])("hold its causes: %s", (thrown, words) => {
    expect(thrownText(thrown)).toBe(words);
  });

  it("end, where an error is its own cause", () => {
    const own = new Error("round");
    own.cause = own;
    expect(thrownText(own)).toBe("Error: round (Error: round (Error: round (Error: round)))");
  });

  it("are not all that the log has of it", () => {
    expect(stackOf(refused)).toBe(refused.stack);
    expect(stackOf(new TypeError("fetch failed", { cause: refused }))).toMatch(
      /^TypeError: fetch failed\n +at [\s\S]+\[cause\]: Error: connect ECONNREFUSED 127\.0\.0\.1:1\n +at /,
    );
    expect(stackOf("text")).toBeUndefined();
  });
});
