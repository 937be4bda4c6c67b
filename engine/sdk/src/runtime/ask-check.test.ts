import { describe, expect, it } from "vitest";
import { defineService, defineToken, type Finding, z } from "../index.ts";
import { askCheck } from "./ask-check.ts";

const good: Finding = { state: "warning", detail: "It is old.", hint: "Renew it." };

function provider(finding: unknown, options: z.ZodType = z.strictObject({})) {
  const token = defineToken<number>("made-up/part");
  // Plain JavaScript may give anything.
  const check = async () => finding as Finding;
  return defineService({ token, summary: "Is odd.", options, create: () => 1, check });
}

describe("a provider is asked what it needs of the machine", () => {
  it("and says it", async () => {
    expect(await askCheck(provider(good), "made-up/part=odd")).toEqual(good);
  });

  it.each([undefined, null, "ok", { ok: true }, { ...good, state: "fine" }, { ...good, hint: undefined }])(
    "and gives something else: %j",
    async (finding) => {
      await expect(askCheck(provider(finding), "made-up/part=odd")).rejects.toMatchObject({
        code: "check-unusable",
        category: "input",
        detail: "`check` of made-up/part=odd gave something else than a finding.",
        hint: 'Mend the plugin: let it resolve to { state: "ok" | "warning" | "broken", detail, hint }, the last two of them texts.',
      });
    },
  );

  it("and can't be, as its options have no defaults", async () => {
    const asking = provider(good, z.strictObject({ url: z.string() }));
    await expect(askCheck(asking, "made-up/part=odd")).rejects.toMatchObject({
      code: "check-unusable",
      detail:
        "`check` of made-up/part=odd can't be asked with default options: url: expected string, received undefined.",
      hint: "Mend the plugin: let every option have a default or be optional, or leave `check` out.",
    });
  });
});
