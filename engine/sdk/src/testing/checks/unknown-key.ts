import type { z } from "zod";
import { issueText } from "../../runtime/issue-text.ts";
import { type Check, verdict } from "./check.ts";

const KEY = "unknownToEveryStep";

/** A misspelt key must not be dropped in silence. */
export function checkUnknownKey(schema: z.ZodType, config: unknown): Check {
  const parsed = schema.safeParse({ ...(config as object), [KEY]: true });
  if (parsed.success) {
    return verdict("unknown-config-key", ["An unknown config key is accepted: use z.strictObject."], "");
  }
  const named = issueText(parsed.error).includes(KEY);
  return verdict(
    "unknown-config-key",
    named ? [] : [`An unknown config key is refused without being named: ${issueText(parsed.error)}.`],
    "An unknown config key is refused by name.",
  );
}
