import { digestJson } from "@orchestrate/manifests";
import type { Catalog, ServiceFacts } from "../catalog.ts";
import { madeUpSteps } from "./made-up-steps.ts";
import { stepFacts } from "./step-facts.ts";

/** The made-up steps, and two providers of the one service they ask for. */
export function madeUpCatalog(): Catalog {
  return {
    steps: new Map(Object.entries(madeUpSteps).map(([name, step]) => [name, stepFacts(name, step)])),
    providers: new Map([["made-up/trainer", [provider("embedded"), provider("external")]]]),
    tokens: new Set(["made-up/trainer", "made-up/judge"]),
  };
}

function provider(name: string): ServiceFacts {
  return {
    token: "made-up/trainer",
    name,
    plugin: "made-up",
    version: "1.0.0",
    code: digestJson(`provider ${name}`),
    files: {},
    contract: { token: "made-up/trainer", summary: "Trains.", options: {}, scope: "attempt", code: [], checked: false },
  };
}
