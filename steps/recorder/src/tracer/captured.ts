import type { Filter } from "../filter/model.ts";
import type { Policy } from "../policy/policy.ts";

/** The streams of which the output is recorded: those that the filter names, unless the policy captures none. */
export function captured(
  { io_capture }: Pick<Policy, "io_capture">,
  { io }: Pick<Filter, "io">,
): readonly ("stdout" | "stderr" | "stdin")[] {
  return io_capture === "off" || !io.capture ? [] : io.streams.filter((name) => name !== "files");
}
