import { expect, it } from "vitest";
import { AttemptNumbers } from "./attempt-numbers.ts";

it("attempts are numbered from one in a new run, without a look at what is there", () => {
  const numbers = new AttemptNumbers({ highestAttempt: () => expect.fail("it looked") }, "new");
  expect([numbers.next("a"), numbers.next("a"), numbers.next("b")]).toEqual([1, 2, 1]);
});

it("attempts of a resumed run are numbered above what was there when the first began", () => {
  const numbers = new AttemptNumbers({ highestAttempt: (directory) => (directory === "a" ? 4 : 0) }, "resumed");
  expect([numbers.next("a"), numbers.next("a"), numbers.next("b")]).toEqual([5, 6, 1]);
});
