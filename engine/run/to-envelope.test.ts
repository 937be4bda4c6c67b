import { ManifestError } from "@orchestrate/manifests";
import { StepError } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import { toEnvelope } from "./to-envelope.ts";

describe("toEnvelope", () => {
  const words = {
    error: "flux-inverted",
    category: "input",
    detail: "The flux is inverted.",
    hint: "Turn it.",
  } as const;

  it.each([new StepError(words), new ManifestError(words)])("leaves its words to %s", (error) => {
    expect(toEnvelope(error)).toEqual(words);
  });

  it("has words for what the system refuses", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
      syscall: "write",
    });
    expect(toEnvelope(full)).toEqual({
      error: "disk-full",
      category: "io",
      detail: "ENOSPC: no space left on device, write.",
      hint: "Free some space on the disk that holds it (df -h; df -i for the number of files), then resume the run.",
    });
  });

  it.each([
    ["an error that only has a code", Object.assign(new Error("odd"), { code: "ERR_ODD" }), /^Error: odd\n +at /],
    ["an error without a stack", Object.assign(new Error("odd"), { stack: undefined }), /^odd$/],
    ["a text", "odd", /^odd$/],
    ["nothing", undefined, /^undefined$/],
  ])("takes %s for a fault of the engine, with all that it says", (_, thrown, detail) => {
    expect(toEnvelope(thrown)).toEqual({
      error: "internal",
      category: "failed",
      detail: expect.stringMatching(detail),
      hint: "This is a fault of the engine; please report it.",
    });
  });
});
