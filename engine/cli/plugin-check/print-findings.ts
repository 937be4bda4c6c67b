import { formatCount } from "../../io/terminal/format-count.ts";
import type { LookingLine } from "../../io/terminal/looking-line.ts";
import { describeChecks } from "../doctor/describe-checks.ts";
import type { Invocation } from "../invocation.ts";
import type { CheckObserver } from "./check-observer.ts";
import { ASPECTS, type Finding } from "./finding.ts";
import { modulesOf } from "./modules-of.ts";

/** Prints what is found as it is found, below the plugin's name, and shows on a terminal what is looked at. */
export function printFindings(invocation: Pick<Invocation, "colour" | "print">, line: LookingLine): CheckObserver {
  const names = new Set<string>(["examples"]);
  const print = (text: string) => {
    line.hide();
    invocation.print(text);
  };
  return {
    begun: (plugin) => {
      for (const { name } of modulesOf(plugin)) names.add(name);
      print(`${plugin.name} ${plugin.version}`);
    },
    looking: (subject) => line.show(`looks at ${subject}`),
    found: (findings) => {
      const told = inFewLines(findings);
      if (told.length > 0) print(describeChecks(invocation, told, [...names]));
    },
  };
}

/** What the suite found right about one part is one line. */
function inFewLines(findings: readonly Finding[]): readonly Finding[] {
  const suites = findings.filter(({ check, state }) => state === "ok" && !ASPECTS.some((aspect) => aspect === check));
  const others = findings.filter((finding) => !suites.includes(finding));
  const conforming = [...new Set(suites.map(({ subject }) => subject))].map((subject): Finding => {
    const passed = suites.filter((finding) => finding.subject === subject).length;
    return {
      check: "conformance",
      subject,
      state: "ok",
      detail: `${formatCount(passed, "check")} of the suite passed`,
      hint: "",
    };
  });
  return [...others, ...conforming];
}
