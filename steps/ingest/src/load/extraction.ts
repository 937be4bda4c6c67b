import type { Progress } from "@orchestrate/sdk";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import type { Capabilities, OpenEndpoint } from "../endpoint/endpoint.ts";
import type { StagingArea } from "../staging/staging.ts";
import type { Column } from "../table/table-schema.ts";
import type { SliceLimits } from "./load-config.ts";

/** A source from which a load reads what is behind a cursor. */
export interface Extraction {
  readonly source: OpenEndpoint;
  /** The source's label, which enters the ids of slices. */
  readonly label: string;
  readonly reads: Capabilities["reads"];
  /** The columns to read, with the types that they shall have. */
  readonly columns: readonly Column[];
  /** The one of them by which the load goes on. */
  readonly cursor: Column;
  /** The value behind which to read, as text; null for all. */
  readonly after: string | null;
  readonly limits: SliceLimits;
  readonly duckdb: DuckConnection;
  readonly area: StagingArea;
  /** Tells apart what slices are cut from: those that were staged for another are of no use. */
  readonly origin: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}
