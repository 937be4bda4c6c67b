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
