import type { Filter } from "../filter/model.ts";
import type { Policy } from "../policy/policy.ts";

/**
 * The streams of which the output is recorded: those that the filter names, unless the policy captures none. A recorded
 * program has no input, and what it writes to files is not looked at.
 */
export function captured(
  { io_capture }: Pick<Policy, "io_capture">,
  { io }: Pick<Filter, "io">,
): readonly ("stdout" | "stderr")[] {
  return io_capture === "off" || !io.capture ? [] : io.streams.filter((name) => name === "stdout" || name === "stderr");
}
