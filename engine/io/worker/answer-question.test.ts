import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { answerQuestion } from "./answer-question.ts";
import type { ServiceResolver } from "./service-resolver.ts";

const noServices: ServiceResolver = {
  kept: 0,
  keep: async () => {},
  open: async () => ({ get: () => undefined, close: async () => {} }),
  close: async () => {},
};

const question = {
  module: fileURLToPath(new URL("fixtures/odd-step.js", import.meta.url)),
  name: "made-up/odd",
  services: [],
  env: {},
  secrets: {},
};

describe("an answer", () => {
  it("to what is the version of the outside world holds no secret, where that throws", async () => {
    const answer = await answerQuestion(
      {
        ask: "version",
        module: fileURLToPath(new URL("fixtures/refused-table.js", import.meta.url)),
        name: "made-up/table",
        config: {},
        services: [],
        env: {},
        secrets: { TOKEN: "hunter2" },
      },
      noServices,
    );
    expect(answer).toEqual({
      answer: "error",
      error: {
        error: "step-threw",
        category: "failed",
        detail: expect.stringMatching(/^made-up\/table threw Error: no entry for \*{3}( \(\S+\))?$/),
        hint: "It threw in `version`, before any phase began: see that what it reads is there, or mend the step.",
      },
    });
  });

  it("to what is the version may be that it can't be told", async () => {
    const answer = await answerQuestion({ ...question, ask: "version", config: { gives: "null" } }, noServices);
    expect(answer).toEqual({ answer: "version", version: null });
  });

  it.each([
    ["a number", "a value of type number"],
    ["nothing", "a value of type undefined"],
  ])("to what is the version is refused where it is %s", async (gives, what) => {
    const answer = await answerQuestion({ ...question, ask: "version", config: { gives } }, noServices);
    expect(answer).toMatchObject({
      error: {
        error: "version-not-text",
        category: "input",
        detail: `\`version\` of made-up/odd gave ${what}.`,
        hint: "Mend the step: let it resolve to text that differs where what it reads differs, or to null where that can't be told.",
      },
    });
  });

  it.each([
    ["since", "an object of class Date at $.since"],
    ["sizes", "an object of class Map at $.sizes"],
    ["most", "the number Infinity at $.most"],
    ["id", "a value of type bigint at $.id"],
  ])("about a config is refused where JSON can't hold what the schema makes of it: %s", async (field, what) => {
    const answer = await answerQuestion(
      { ...question, ask: "configs", raw: [{ gives: "text", [field]: 1 }] },
      noServices,
    );
    expect(answer).toMatchObject({
      error: {
        error: "config-not-json",
        category: "input",
        detail: `What the schema of made-up/odd's config makes is no plain JSON. Found ${what}, which JSON can't hold.`,
        hint: expect.stringContaining("let `config` describe plain JSON"),
      },
    });
  });

  it("about a config whose schema throws says what to do", async () => {
    const answer = await answerQuestion({ ...question, ask: "configs", raw: [{ gives: "a throw" }] }, noServices);
    expect(answer).toMatchObject({
      error: {
        error: "step-threw",
        detail: expect.stringMatching(/^made-up\/odd threw Error: no such table( \(\S+\))?$/),
        hint: "Mend the plugin, or take it out of plugins.json.",
      },
    });
  });
});
