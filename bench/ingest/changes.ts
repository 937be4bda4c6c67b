import { duck, type IngestRig } from "./ingest-rig.ts";

/** Into so many parts a table is cut, by its id. */
export const PARTS = 20;

/** Writes a CSV of changes of about 1 % of the rows; `id` draws one in DuckDB's SQL. The cursor grows with `number`. */
export async function changes(
  rig: IngestRig,
  { number, rows, id }: { readonly number: number; readonly rows: number; readonly id: string },
): Promise<string> {
  const path = rig.path(`changes-${number}.csv`);
  await duck(`COPY (SELECT id, 'changed ' || id || ' in ${number}' AS name, id * ${PARTS} // ${rows} AS part,
      CAST(${number} AS BIGINT) * 1000000000 + row_number() OVER (ORDER BY id) AS changed
    FROM (SELECT DISTINCT least(${id}, ${rows - 1}) AS id FROM range(${Math.ceil(rows / 100)}))) TO '${path}' (HEADER)`);
  return path;
}

/** A pipeline that merges a CSV by id into a target, with what else the target needs wired. */
export function mergePipeline(
  { pipeline, path }: { readonly pipeline: string; readonly path: string },
  target: object,
  wired: object = {},
): object {
  return {
    pipeline,
    phases: {
      load: {
        step: "ingest/load",
        with: { changes: { mode: "cursor", column: "changed" }, strategy: "scd1", key: ["id"] },
        inputs: { source: { path }, state: { previous: "load.state" }, ...wired },
        services: {
          "ingest/target": target,
          "ingest/source": { use: "csv" },
          "ingest/duckdb": { use: "embedded", with: { threads: 2 } },
        },
      },
    },
  };
}
