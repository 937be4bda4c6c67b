import { StepError } from "../errors.ts";
import type { Finding, Service } from "../service.ts";
import { issueText } from "./issue-text.ts";

/**
 * Asks a provider whether what it needs of the machine is there.
 *
 * @throws StepError `check-unusable` where its options have no defaults, or what it gives is no finding.
 */
export async function askCheck({ definition }: Service, name: string): Promise<Finding> {
  if (definition.check === undefined) throw new TypeError("the provider has no check()");
  const options = definition.options.safeParse({});
  if (!options.success)
    throw unusable(
      `\`check\` of ${name} can't be asked with default options: ${issueText(options.error)}.`,
      "let every option have a default or be optional, or leave `check` out.",
    );
  const finding: unknown = await definition.check({ options: options.data });
  if (isFinding(finding)) return finding;
  throw unusable(
    `\`check\` of ${name} gave something else than a finding.`,
    'let it resolve to { state: "ok" | "warning" | "broken", detail, hint }, the last two of them texts.',
  );
}

function isFinding(value: unknown): value is Finding {
  if (typeof value !== "object" || value === null) return false;
  const { state, detail, hint }: { readonly [K in keyof Finding]?: unknown } = value;
  return (
    typeof state === "string" && Object.hasOwn(STATES, state) && typeof detail === "string" && typeof hint === "string"
  );
}

/** Every state, as the compiler sees to. */
const STATES: Readonly<Record<Finding["state"], true>> = { ok: true, warning: true, broken: true };

function unusable(detail: string, what: string): StepError {
  return new StepError({ error: "check-unusable", category: "input", detail, hint: `Mend the plugin: ${what}` });
}
