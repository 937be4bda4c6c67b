import type { ErrorCategory } from "@orchestrate/sdk";

/** The one table from a kind of trouble to the exit status; docs/formats/errors.md says the same. */
export const EXIT_STATUS: Readonly<Record<ErrorCategory | "ok", number>> = {
  ok: 0,
  failed: 1,
  input: 2,
  invariant: 3,
  policy: 4,
  io: 5,
  interrupted: 130,
};
