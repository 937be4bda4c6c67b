import type { TokenMap } from "../context.ts";
import { StepError } from "../errors.ts";
import { Metadata } from "../metadata.ts";
import { createProcesses, type ProcessesOptions } from "../runtime/processes.ts";
import { Clock, Processes } from "../services.ts";
import { FakeClock } from "./fake-clock.ts";

/** What a test gives for each service a step asks for; those of the engine are there by themselves. */
export function fakeServices(
  asked: TokenMap,
  given: Readonly<Record<string, unknown>>,
  engine: EngineParts,
): Record<string, unknown> {
  const entries = Object.entries(asked).map(([name, { token }]) => [name, given[name] ?? builtIn(token, engine)]);
  return Object.fromEntries(entries);
}

/** What the engine's own services are made of. */
export interface EngineParts {
  readonly children: ProcessesOptions;
  readonly metadata: Metadata;
}

function builtIn(token: string, { children, metadata }: EngineParts): unknown {
  if (token === Clock.token) return new FakeClock();
  if (token === Processes.token) return createProcesses(children);
  if (token === Metadata.token) return metadata;
  throw new StepError({
    error: "service-missing",
    category: "input",
    detail: `The step asks for the service "${token}", and the test gives none.`,
    hint: "Give it in `services`, under the name by which the step asks.",
  });
}
