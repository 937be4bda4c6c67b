import type { TokenMap } from "../context.ts";
import { StepError } from "../errors.ts";
import { createProcesses, type ProcessesOptions } from "../runtime/processes.ts";
import { Clock, Processes } from "../services.ts";
import { FakeClock } from "./fake-clock.ts";

/** What a test gives for each service a step asks for; those of the engine are there by themselves. */
export function fakeServices(
  asked: TokenMap,
  given: Readonly<Record<string, unknown>>,
  children: ProcessesOptions,
): Record<string, unknown> {
  const entries = Object.entries(asked).map(([name, { token }]) => [name, given[name] ?? builtIn(token, children)]);
  return Object.fromEntries(entries);
}

function builtIn(token: string, children: ProcessesOptions): unknown {
  if (token === Clock.token) return new FakeClock();
  if (token === Processes.token) return createProcesses(children);
  throw new StepError({
    error: "service-missing",
    category: "input",
    detail: `The step asks for the service "${token}", and the test gives none.`,
    hint: "Give it in `services`, under the name by which the step asks.",
  });
}
