import { describeConformance } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import { trainerKit } from "../testing/trainer-kit.ts";
import { checkTorch } from "./check-torch.ts";
import { pythonWithTorch } from "./fixtures/python-with-torch.ts";
import torch from "./torch.ts";

const python = pythonWithTorch();

describe.skipIf(python === undefined)("the trainer torch (skipped where no Python here has torch)", () => {
  // Each check starts Python some times, and it takes a second or more to load torch.
  it("conforms", () => describeConformance(torch, { kit: trainerKit, options: { python: python! } }), 300_000);
});

describe("the trainer torch, asked by doctor", () => {
  it.skipIf(python === undefined)("says which torch it has, and where that computes", async () => {
    const { state, detail } = await checkTorch(python!, 60_000);
    expect(state).toBe("ok");
    expect(detail).toMatch(/^Python \d+\.\d+\.\d+, torch \S+, on /);
  });

  it("says that an interpreter is not here", async () => {
    expect(await torch.definition.check!({ options: { python: "no-such-python", threads: 1 } })).toEqual({
      state: "warning",
      detail: "no-such-python is not here; vision/trainer: torch can't be used, the embedded trainer can.",
      hint: "Install PyTorch for that interpreter, or name one that has it in the provider's option python.",
    });
  });

  it("says that an interpreter has no torch", async () => {
    const { state, detail } = await checkTorch(process.execPath);
    expect(state).toBe("warning");
    expect(detail).toMatch(/can't import torch: .+; vision\/trainer: torch can't be used, the embedded trainer can\.$/);
  });
});
