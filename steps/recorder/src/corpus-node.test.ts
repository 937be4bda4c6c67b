import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { callBrackets } from "./fixtures/call-brackets.ts";
import { corpus, recordBeside } from "./fixtures/record-beside.ts";

const programs = readdirSync(join(corpus, "node")).filter((name) => /\.[mc]?[jt]s$/.test(name));

describe("a recorded Node program", () => {
  it("has a corpus of at least 30", () => expect(programs.length).toBeGreaterThanOrEqual(30));

  it.each(programs)("behaves as it does unrecorded: %s", async (name) => {
    const { plain, recorded, events } = await recordBeside([process.execPath, `node/${name}`]);
    expect(recorded).toEqual(plain);
    expect(callBrackets(events).filter(({ what }) => what === "step").length).toBeGreaterThan(0);
  });
});
