import { OrchestrateError } from "@orchestrate/sdk";
import { printable } from "../io/terminal/printable.ts";
import { toEnvelope } from "../run/to-envelope.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import type { Invocation } from "./invocation.ts";

/** Says what went wrong, as an envelope or as prose, and gives the exit status. */
export function reportError(invocation: Invocation, error: unknown): number {
  const envelope = toEnvelope(error);
  if (invocation.format === "json") {
    invocation.complain(JSON.stringify({ error: envelope.error, detail: envelope.detail, hint: envelope.hint }));
  } else {
    invocation.complain(printable(`error: ${envelope.detail}`));
    if (envelope.hint !== "") invocation.complain(printable(`hint:  ${envelope.hint}`));
    invocation.complain(`code:  ${envelope.error}`);
  }
  return EXIT_STATUS[envelope.category];
}

/** An error of the command line itself. */
export function usageError(detail: string, hint: string): OrchestrateError {
  return new OrchestrateError({ error: "usage", category: "input", detail, hint });
}
