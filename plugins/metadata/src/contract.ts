/** What other plugins may import: the token of the gateway that steps ask, its types, and the payloads of kinds. */

export type { AskReach, Questions } from "./ask/questions.ts";
export { MetadataGateway } from "./ask/questions.ts";
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
