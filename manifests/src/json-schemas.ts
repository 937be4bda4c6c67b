import { z } from "zod";
import { JournalEvent } from "./schema/journal-event.ts";
import { PhaseManifest } from "./schema/phase-manifest.ts";
import { RunDocument } from "./schema/run-document.ts";
import { RunManifest } from "./schema/run-manifest.ts";

/** JSON Schemas (draft 2020-12) of all that a run directory holds, by the name of the format. */
export function jsonSchemas(): Record<string, unknown> {
  return {
    "orchestrate.manifest/1": z.toJSONSchema(PhaseManifest),
    "orchestrate.run-manifest/1": z.toJSONSchema(RunManifest),
    "orchestrate.run/1": z.toJSONSchema(RunDocument),
    "orchestrate.event/1": z.toJSONSchema(JournalEvent),
  };
}
