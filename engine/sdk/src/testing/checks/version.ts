import { type Check, verdict } from "./check.ts";

/** What a step tells of the outside world. */
export interface ToldVersion {
  /** None where the step has no `version`. */
  readonly checks: readonly Check[];
  /** Never where it reads the outside world, and does not tell its version. */
  readonly reused: "by-fingerprint" | "never";
}

/**
 * The outside world is as it was while the suite runs, so that its version is.
 *
 * @param ask the step's `version`, with what it is given.
 */
export async function checkVersion(
  reads: "external" | undefined,
  ask: (() => Promise<unknown>) | undefined,
): Promise<ToldVersion> {
  if (ask === undefined) return { checks: [], reused: reads === "external" ? "never" : "by-fingerprint" };
  try {
    const [first, second] = [await ask(), await ask()];
    const fine =
      first === null ? "It says that it can't tell, and so runs every time." : "It tells the same text twice.";
    const checks = [verdict("version", problems(first, second), fine)];
    return { checks, reused: first === null ? "never" : "by-fingerprint" };
  } catch (error) {
    const checks = [verdict("version", [error instanceof Error ? error.message : String(error)], "")];
    return { checks, reused: "by-fingerprint" };
  }
}

function problems(first: unknown, second: unknown): string[] {
  if (first !== null && typeof first !== "string")
    return [`\`version\` gives a value of type ${typeof first}: let it be a text, or null where it can't be told.`];
  if (first === second) return [];
  const [one, other] = [first, second].map((version) => JSON.stringify(version));
  return [`\`version\` gives ${one}, and then ${other}: let it change only with what the step reads.`];
}
