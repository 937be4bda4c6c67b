import type { CheckName } from "@orchestrate/sdk/testing";
import { broken, type Check, ok, warning } from "../doctor/check.ts";

/** What `plugins check` looks at before the conformance suite. */
export type Aspect = "manifest" | "package" | "api" | "names" | "imports" | "types" | "load" | "conformance";

/** One line of the report; `check` is an aspect, or a check of the conformance suite. */
export interface Finding extends Check {
  readonly check: Aspect | CheckName;
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
