import { unreachable } from "../../core/unreachable.ts";
import type { SuiteReport } from "../../io/conformance/protocol.ts";
import type { SuiteEnding } from "../../io/conformance/suite-process.ts";
import { about, type Finding } from "./finding.ts";

const { warning, broken } = about("conformance");

/** What came of the suite of one part: a finding for each check, or why there are none. */
export function suiteFindings(name: string, ending: SuiteEnding): readonly Finding[] {
  switch (ending.end) {
    case "report":
      return reported(name, ending.report);
    case "timeout":
      return [
        broken(
          name,
          `The suite was still running after ${ending.afterMs / 1000} s.`,
          "Give a smaller example, or see what the step waits for; --timeout gives it longer.",
        ),
      ];
    case "exit": {
      const how = ending.signal === null ? `with status ${ending.status}` : `by ${ending.signal}`;
      const said = ending.said === "" ? "" : ` It said: ${ending.said}`;
      return [
        broken(
          name,
          `It ended the process of the suite ${how}.${said}`,
          "A step returns or throws, and never calls process.exit.",
        ),
      ];
    }
    default:
      return unreachable(ending);
  }
}

function reported(name: string, report: SuiteReport): readonly Finding[] {
  switch (report.found) {
    case "checks":
      return report.checks.map(({ check, ok: passed, detail }) =>
        passed ? about(check).ok(name, detail) : about(check).broken(name, detail, ""),
      );
    case "no-example":
      return [
        warning(name, "There is no example of it, so that the conformance suite did not run.", HOW_TO_GIVE_EXAMPLES),
      ];
    case "error":
      return [broken(name, report.error.detail, report.error.hint)];
    default:
      return unreachable(report);
  }
}

export const HOW_TO_GIVE_EXAMPLES =
  'Write them with defineExamples, and name the module in the block: "examples": "./examples.js".';
