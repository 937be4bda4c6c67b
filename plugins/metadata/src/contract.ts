/** What other plugins may import: the payloads of kinds, to check what they emit, and the gateway's types. */

export type { Emitter, Gateway, Page, Receipt } from "./gateway.ts";
export { ArtifactPayload, LineagePayload, PhasePayload, RunPayload } from "./kinds/engine-kinds.ts";
export {
  CatalogDiff,
  CatalogSnapshot,
  IngestionRuntime,
  IngestionVolume,
  ReconResult,
  StatisticsSnapshot,
} from "./kinds/ingestion-kinds.ts";
export { Criteria } from "./record/criteria.ts";
export { MetadataRecord } from "./record/metadata-record.ts";
