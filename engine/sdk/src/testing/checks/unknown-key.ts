import { z } from "zod";
import { issueText } from "../../runtime/issue-text.ts";
import { type Check, verdict } from "./check.ts";

const KEY = "unknownToEveryStep";

/** A misspelt key must not be dropped in silence, at any depth. */
export function checkUnknownKey(schema: z.ZodType, config: unknown): Check {
  const parsed = schema.safeParse({ ...(config as object), [KEY]: true });
  if (parsed.success) {
    return verdict("unknown-config-key", ["An unknown config key is accepted: use z.strictObject."], "");
  }
  const named = issueText(parsed.error).includes(KEY);
  const whole: unknown = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const lax = named ? laxObjects(whole, "").filter((path) => path !== "") : [];
  return verdict(
    "unknown-config-key",
    [
      ...(named ? [] : [`An unknown config key is refused without being named: ${issueText(parsed.error)}.`]),
      ...lax.map((path) => `Unknown keys in ${path} are dropped in silence: use z.strictObject there as well.`),
    ],
    "An unknown config key is refused by name.",
  );
}

/** Where a JSON Schema has objects that say nothing of keys they do not know: those lose them when they are parsed. */
function laxObjects(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const below = Object.entries(schema).flatMap(([keyword, value]) => {
    if (LITERALS.has(keyword)) return [];
    if (keyword !== "properties") return laxObjects(value, keyword === "items" ? `${path}[]` : path);
    return Object.entries(value as object).flatMap(([key, each]) =>
      laxObjects(each, path === "" ? key : `${path}.${key}`),
    );
  });
  const isLax = "properties" in schema && !("additionalProperties" in schema);
  return [...new Set(isLax ? [path, ...below] : below)];
}

/** Keywords that hold values, and no schema. */
const LITERALS: ReadonlySet<string> = new Set(["default", "const", "enum", "examples"]);
