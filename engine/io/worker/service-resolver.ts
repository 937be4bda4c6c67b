import type { Log } from "@orchestrate/sdk";
import type { AttemptService } from "../../run/ports/executor.ts";

/** The services of one attempt. */
export interface ServiceScope {
  get(token: string): unknown;
  /** Disposes of what was made for this attempt only. */
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
  open(services: readonly AttemptService[], surroundings: ServiceSurroundings): Promise<ServiceScope>;
}
