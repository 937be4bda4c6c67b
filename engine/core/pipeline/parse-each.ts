import type { PhaseDocument } from "./phase-schema.ts";
import type { Each, Json } from "./pipeline.ts";
import type { Issue } from "./pipeline-issue.ts";
import { parseReference } from "./reference.ts";

/** What a phase is fanned out over; `eachIssues` is to be asked first. */
export function parseEach(each: PhaseDocument["each"]): Each | null {
  if (each === undefined) return null;
  if (typeof each === "string") {
    const { phase, output } = parseReference(each)!;
    return { over: "artifact", phase, output };
  }
  return {
    over: "items",
    items: Array.isArray(each) ? (each as readonly Json[]) : product(each as Record<string, Json[]>),
  };
}

/** A product of lists that has more instances than fit. */
export function eachIssues(name: string, each: PhaseDocument["each"]): readonly Issue[] {
  const instances = productSize(each);
  if (instances <= MOST_INSTANCES) return [];
  return [
    {
      path: ["phases", name, "each"],
      message: `makes ${instances} instances; ${MOST_INSTANCES} are the most.`,
      hint: "Leave items out, or write the list of those that are meant.",
    },
  ];
}

/** More would fill the memory before anything could be said. */
const MOST_INSTANCES = 1_000_000;

/** How many instances a product of lists has; 0 of every other fan-out. */
function productSize(each: PhaseDocument["each"]): number {
  if (typeof each !== "object" || Array.isArray(each)) return 0;
  return Object.values(each).reduce((size, list) => size * list.length, 1);
}

/** `{ a: [1, 2], b: [3] }` gives `{ a: 1, b: 3 }` and `{ a: 2, b: 3 }`; the last name varies fastest. */
function product(lists: Readonly<Record<string, readonly Json[]>>): readonly Json[] {
  return Object.entries(lists).reduce<readonly Readonly<Record<string, Json>>[]>(
    (items, [name, values]) => items.flatMap((item) => values.map((value) => ({ ...item, [name]: value }))),
    [{}],
  );
}
