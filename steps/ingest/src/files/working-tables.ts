/** The versions that a change of kind SCD2 makes: see `versionsQuery`. */
export const VERSIONS = "ingest_versions";

/** The keys that stand in a table of files and among the rows of a change, with the parts in which they do. */
export const MATCHED = "ingest_matched";
