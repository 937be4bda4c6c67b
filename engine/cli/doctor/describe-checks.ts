import { unreachable } from "../../core/unreachable.ts";
import { formatLine, type Mark } from "../../io/terminal/line.ts";
import { painter } from "../../io/terminal/paint.ts";
import type { Invocation } from "../invocation.ts";
import type { Check } from "./check.ts";

/** Checks for people, one a line, with what to do below. @param names of subjects with which they are in one column */
export function describeChecks(
  { colour }: Pick<Invocation, "colour">,
  checks: readonly Check[],
  names: readonly string[] = [],
): string {
  const paint = painter(colour);
  const width = Math.max(...[...checks.map(({ subject }) => subject), ...names].map(({ length }) => length));
  return checks
    .map(({ subject: name, state, detail: text, hint }) =>
      formatLine({ mark: markOf(state), name, text, hint }, { paint, width }),
    )
    .join("\n");
}

function markOf(state: Check["state"]): Mark {
  switch (state) {
    case "ok":
      return "done";
    case "warning":
      return "skipped";
    case "broken":
      return "failed";
    default:
      return unreachable(state);
  }
}
