import { defineStep, ndjson, StepError, z } from "@orchestrate/sdk";
import { findMapper } from "./map/find-mapper.ts";
import { mapUnit } from "./map/map-unit.ts";

const Row = z.record(z.string(), z.json());
const Reject = z.strictObject({ line: z.number().int(), reason: z.string(), unit: z.json() });

export default defineStep({
  summary: "Makes units of a source system, as issues or pages, into rows of a common model.",
  config: z.strictObject({
    /** The source system, as `jira`. */
    family: z.string().min(1),
    /** What its units are, as `issues`. */
    unit: z.string().min(1),
    /** The common model, as `cdm.work.item`; that of the mapper where it is left out. */
    model: z.string().min(1).optional(),
    /** Paths in a unit for fields of the model, in place of the mapper's: one, or several of which the first counts. */
    fields: z.record(z.string(), z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])).default({}),
    /** What becomes of a unit without an id. */
    rejects: z.enum(["refuse", "set-aside"]).default("refuse"),
  }),
  inputs: { units: ndjson("units.ndjson", z.json(), { kind: "*" }) },
  outputs: {
    rows: ndjson("rows.ndjson", Row, { kind: "ingest/rows" }),
    rejects: ndjson("rejects.ndjson", Reject, { kind: "ingest/rejects" }).optional(),
  },
  async run({ config, inputs, outputs, metric, signal }) {
    const found = findMapper(config.family, config.unit, config.model);
    const mapper = { ...found, fields: { ...found.fields, ...config.fields } };
    const counts = { rows: 0, rejects: 0 };
    for await (const unit of inputs.units.rows()) {
      signal.throwIfAborted();
      const line = counts.rows + counts.rejects + 1;
      const mapped = mapUnit(mapper, unit);
      if (mapped.is === "row") {
        counts.rows += 1;
        await outputs.rows.append({ ...mapped.row });
        continue;
      }
      if (config.rejects === "refuse") throw rejected(line, mapped.reason);
      counts.rejects += 1;
      await outputs.rejects.append({ line, reason: mapped.reason, unit });
    }
    metric("rows", counts.rows);
    metric("rejects", counts.rejects);
  },
});

function rejected(line: number, reason: string): StepError {
  return new StepError({
    error: "unit-rejected",
    category: "input",
    detail: `The unit of line ${line} can't be mapped: ${reason}.`,
    hint: "Mend the source, or set rejects to set-aside to go on without it.",
  });
}
