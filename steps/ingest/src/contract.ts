export type { DuckConnection } from "./duckdb/duckdb.ts";
export { DuckDb } from "./duckdb/duckdb.ts";
export type {
  Capabilities,
  ConnectionReport,
  Endpoint,
  OpenEndpoint,
  Pushdown,
  Range,
  Reach,
  ReadRequest,
  Strategy,
} from "./endpoint/endpoint.ts";
export { Source, Target } from "./endpoint/endpoint.ts";
export type {
  Applied,
  ArtifactWriter,
  Change,
  Committed,
  TransactionWriter,
  Writer,
} from "./endpoint/writer.ts";
export { Staging } from "./staging/staging.ts";
export { ColumnType } from "./table/column-type.ts";
export type { Row, Value } from "./table/row.ts";
export { Column, TableSchema } from "./table/table-schema.ts";
