import type { Log } from "@orchestrate/sdk";
import type { AttemptService } from "../../run/ports/executor.ts";

/** The services of one attempt. */
export interface ServiceScope {
  get(token: string): unknown;
  /** Disposes of what was made for this attempt only: of all of it, also where one fails, whose error is thrown. */
  close(): Promise<void>;
}

/** What the engine gives beside the providers of plugins. */
export interface ServiceSurroundings {
  /** The engine's own services, by token. */
  readonly own: ReadonlyMap<string, unknown>;
  readonly log: Log;
}

/** Makes services from their providers; those of scope `worker` are made once and kept. */
export interface ServiceResolver {
  /** How many of the services that are kept must be disposed of. */
  readonly kept: number;
  /** Makes the services of scope `worker` among these, where they are not there yet. */
  keep(services: readonly AttemptService[], log: Log): Promise<void>;
  open(services: readonly AttemptService[], surroundings: ServiceSurroundings): Promise<ServiceScope>;
  /** Disposes of what is kept: of all of it, also where one fails, whose error is thrown. */
  close(): Promise<void>;
}
