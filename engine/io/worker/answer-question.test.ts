import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { answerQuestion, envelopeOf } from "./answer-question.ts";
import type { ServiceResolver } from "./service-resolver.ts";

const noServices: ServiceResolver = {
  kept: 0,
  keep: async () => {},
  open: async () => ({ get: () => undefined, close: async () => {} }),
  close: async () => {},
};

describe("the envelope of what is thrown", () => {
  it.each([
    [{ a: 1 }, "made-up/step threw { a: 1 }"],
    ["just text", "made-up/step threw just text"],
    [null, "made-up/step threw null"],
    [new RangeError("too far"), "made-up/step threw RangeError: too far"],
  ])("%j says what it is", (thrown, detail) => {
    expect(envelopeOf(thrown, "made-up/step")).toMatchObject({ error: "step-threw", detail });
  });
});

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
        detail: "made-up/table threw Error: no entry for ***",
        hint: "The stack is in the phase's log.",
      },
    });
  });
});
