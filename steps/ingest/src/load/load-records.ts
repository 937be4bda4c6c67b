import type { EmittedRecord } from "@orchestrate/sdk";
import { catalogRecord, diffRecord } from "../harvest/catalog.ts";
import type { LoadReport } from "./load-report.ts";
import type { LoadState } from "./load-state.ts";

/** What a load tells the metadata gateway: the source's columns, how they changed, and how much was moved. */
export function loadRecords({ table, watermark }: LoadState, report: LoadReport): readonly EmittedRecord[] {
  const { source, target, strategy, mode, read, written, deleted, slices, drift } = report;
  const volume = {
    rows: written,
    read,
    deleted,
    source,
    strategy,
    mode,
    slices: slices.length,
    watermark: watermark?.value ?? null,
  };
  return [
    catalogRecord(source, table),
    ...(drift.length === 0 ? [] : [diffRecord(source, drift)]),
    { kind: "ingestion_volume", subject: target, payload: volume },
  ];
}
