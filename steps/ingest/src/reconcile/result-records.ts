import type { EmittedRecord } from "@orchestrate/sdk";
import type { Results } from "./check-result.ts";

/** Every check as a record for the metadata gateway, filed under the target. */
export function resultRecords({ source, target, checks }: Results): readonly EmittedRecord[] {
  return checks.map(({ name, examples, ...measured }) => ({
    kind: "recon_result",
    subject: target,
    payload: { check: name, compared_with: source, ...measured, examples: examples.length },
  }));
}
