import type { AttemptService } from "../../run/ports/executor.ts";

/** The services of one attempt. */
export interface ServiceScope {
  get(token: string): unknown;
  /** Disposes of what was made for this attempt only. */
  close(): Promise<void>;
}

/** Makes services from their providers; those of scope `worker` are made once and kept. */
export interface ServiceResolver {
  open(services: readonly AttemptService[], own?: ReadonlyMap<string, unknown>): Promise<ServiceScope>;
}
