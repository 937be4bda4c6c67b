import { z } from "zod";
import { checkServiceDefinition } from "./check-service-definition.ts";
import type { Log } from "./context.ts";
import type { ServiceContract } from "./contract.ts";
import type { Token } from "./token.ts";

/** What a provider knows when it is made. */
export interface ServiceContext<C extends z.ZodType> {
  readonly options: z.output<C>;
  readonly log: Log;
}

/** Whether what a provider needs of the machine is there. */
export interface Finding {
  /** Only what is `broken` makes the exit status of `orchestrate doctor` 2. */
  readonly state: "ok" | "warning" | "broken";
  readonly detail: string;
  /** What to do; empty where nothing is to be done. */
  readonly hint: string;
}

/** What an author of a provider writes: the contract as data, then `create`. */
export interface ServiceDefinition<T, C extends z.ZodType> {
  /** What it provides. */
  readonly token: Token<T>;
  /** One sentence for `plugins describe`. */
  readonly summary: string;
  /** A strict object of plain JSON, given in the pipeline as `services: { token: { use: name, with: options } }`. */
  readonly options: C;
  /**
   * `attempt` (default): made anew for each attempt. `worker`: kept while the worker lives, as a loaded model; what it
   * holds open it must open in `create`, since what is opened later looks like a leak of the step, which ends the
   * worker.
   */
  readonly scope?: "attempt" | "worker";
  /** Files that the provider reads as code, relative to its package. */
  readonly code?: readonly string[];
  create(context: ServiceContext<C>): T | Promise<T>;
  /**
   * Called when the scope ends: after the attempt, also where the step threw; for scope `worker` when the engine ends
   * an idle worker, within a second. It is not called where the process is killed: after a step that failed or left
   * something open, was aborted or ran out of time, and when the engine itself is killed.
   */
  dispose?(service: T): void | Promise<void>;
  /**
   * Looks at the machine for `orchestrate doctor`, with default options; it makes no service, and takes some seconds at
   * most.
   */
  check?(context: { readonly options: z.output<C> }): Promise<Finding>;
}

/** A defined provider: the definition, and its contract as data. */
export interface Service<T = unknown, C extends z.ZodType = z.ZodType> {
  readonly orchestrate: "service";
  readonly definition: ServiceDefinition<T, C>;
  contract(): ServiceContract;
}

/**
 * Defines a provider of a service. The module's default export must be the result.
 *
 * @throws TypeError where a part that a provider must have is missing or is not what it must be, or there is no such
 * part.
 */
export function defineService<T, C extends z.ZodType>(definition: ServiceDefinition<T, C>): Service<T, C> {
  checkServiceDefinition(definition);
  return Object.freeze({
    orchestrate: "service",
    definition,
    contract: () => ({
      token: definition.token.token,
      summary: definition.summary,
      options: z.toJSONSchema(definition.options, { io: "input", unrepresentable: "any" }),
      scope: definition.scope ?? "attempt",
      code: [...(definition.code ?? [])],
      checked: definition.check !== undefined,
    }),
  });
}
