import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { callBrackets } from "./fixtures/call-brackets.ts";
import { pythons } from "./fixtures/pythons.ts";
import { corpus, recordBeside } from "./fixtures/record-beside.ts";

const programs = readdirSync(join(corpus, "python")).filter((name) => name.endsWith(".py"));

describe("a recorded Python program", () => {
  it("has a corpus of at least 30", () => expect(programs.length).toBeGreaterThanOrEqual(30));

  it.each(programs)("behaves as it does unrecorded: %s", async (name) => {
    const { plain, recorded, events } = await recordBeside(["python3", `python/${name}`]);
    expect(recorded).toEqual(plain);
    expect(callBrackets(events).filter(({ what }) => what === "step").length).toBeGreaterThan(0);
  });
});

describe.each(pythons())("with %s", (python) => {
  it.each(["generators.py", "coroutines.py", "exceptions.py", "threads.py", "repr_prints.py", "stack_overflow.py"])(
    "behaves as it does unrecorded: %s",
    async (name) => {
      const { plain, recorded, events } = await recordBeside([python, `python/${name}`]);
      expect(recorded).toEqual(plain);
      callBrackets(events);
    },
  );
});
