import { z } from "@orchestrate/sdk";
import { metadataError } from "../metadata-error.ts";
import { engineKinds } from "./engine-kinds.ts";
import { ingestionKinds } from "./ingestion-kinds.ts";
import type { Kind } from "./kind.ts";

/** A kind as it is written in options: the payload's schema as JSON Schema; any object where it is left out. */
export const KindOptions = z.strictObject({
  summary: z.string().default(""),
  schema: z.record(z.string(), z.json()).optional(),
  retentionDays: z.number().positive().nullable().default(null),
});

export type KindOptions = z.output<typeof KindOptions>;

/** The kinds that a gateway takes: those that come with it, and those that options add or replace. */
export class KindRegistry {
  readonly #kinds: ReadonlyMap<string, Kind>;

  /** @throws OrchestrateError `metadata-kind-invalid` where a schema is none. */
  constructor(options: Readonly<Record<string, KindOptions>> = {}) {
    const added = Object.entries(options).map(([name, kind]) => kindOf(name, kind));
    this.#kinds = new Map([...engineKinds, ...ingestionKinds, ...added].map((kind) => [kind.name, kind]));
  }

  get(name: string): Kind | undefined {
    return this.#kinds.get(name);
  }

  names(): readonly string[] {
    return [...this.#kinds.keys()];
  }

  all(): readonly Kind[] {
    return [...this.#kinds.values()];
  }
}

function kindOf(name: string, { summary, schema, retentionDays }: KindOptions): Kind {
  if (schema === undefined) return { name, summary, payload: z.looseObject({}), retentionDays };
  try {
    return {
      name,
      summary,
      payload: z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]),
      retentionDays,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const detail = `The kind "${name}" has a schema that can't be used: ${why}`;
    throw metadataError("metadata-kind-invalid", detail, "Write a JSON Schema of draft 2020-12.", { cause: error });
  }
}
