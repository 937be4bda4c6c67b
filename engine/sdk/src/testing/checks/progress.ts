import type { Recording } from "../recording.ts";
import { type Check, verdict } from "./check.ts";

type Reports = Recording["progress"];

/** A bar is drawn from the reports, so that they must lead somewhere. That none is made is no fault of a short step. */
export function checkProgress(reports: Reports): Check {
  const odd = reports.filter(({ done, total }) => !(total > 0 && Number.isFinite(total) && done >= 0 && done <= total));
  const back = reports.filter(({ done, total }, index) => {
    const before = reports[index - 1];
    return before !== undefined && before.total === total && done < before.done;
  });
  const seen =
    reports.length === 0
      ? "It reports no progress, as is right for a step that is done in a moment; else call progress(done, total)."
      : `It reports progress ${reports.length} times.`;
  return verdict(
    "progress",
    [
      ...odd
        .slice(0, 1)
        .map(({ done, total }) => `progress(${done}, ${total}) makes no sense: report 0 ≤ done ≤ total.`),
      ...back
        .slice(0, 1)
        .map(({ done, total }) => `progress(${done}, ${total}) goes back: report what is done in all.`),
    ],
    seen,
  );
}
