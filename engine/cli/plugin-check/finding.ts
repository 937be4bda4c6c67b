import type { CheckName } from "@orchestrate/sdk/testing";
import { broken, type Check, ok, warning } from "../doctor/check.ts";

/** What `plugins check` looks at before the conformance suite, and whether that could run. */
export const ASPECTS = ["manifest", "package", "api", "names", "imports", "types", "load", "conformance"] as const;

/** One line of the report; `check` is an aspect, or a check of the conformance suite. */
export interface Finding extends Check {
  readonly check: (typeof ASPECTS)[number] | CheckName;
}

/** Findings about one aspect. */
export function about(check: Finding["check"]): {
  ok(subject: string, detail: string): Finding;
  warning(subject: string, detail: string, hint: string): Finding;
  broken(subject: string, detail: string, hint: string): Finding;
} {
  return {
    ok: (subject, detail) => ({ check, ...ok(subject, detail) }),
    warning: (subject, detail, hint) => ({ check, ...warning(subject, detail, hint) }),
    broken: (subject, detail, hint) => ({ check, ...broken(subject, detail, hint) }),
  };
}
