/** The version of the tables. */
export const SCHEMA_VERSION = 1;

/**
 * The tables in a schema. Text is compared by bytes, as in SQLite; `json` keeps a payload as it was written, which
 * `jsonb` would not.
 */
export function schemaSql(schema: string): string {
  return `
CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE ${schema}.about (version integer NOT NULL);
INSERT INTO ${schema}.about VALUES (${SCHEMA_VERSION});
CREATE TABLE ${schema}.records (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text COLLATE "C" NOT NULL UNIQUE,
  kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  time bigint NOT NULL,
  producer text COLLATE "C" NOT NULL,
  payload json NOT NULL
);
CREATE INDEX records_by_subject ON ${schema}.records (subject, kind, time, seq);
CREATE INDEX records_by_kind ON ${schema}.records (kind, time, seq);
`;
}
