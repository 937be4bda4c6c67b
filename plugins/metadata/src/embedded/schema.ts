/** The version of the tables, in the database's `user_version`. */
export const SCHEMA_VERSION = 1;

/**
 * `seq` is the order in which records were stored. The two indexes serve the questions: the newest of a subject, and
 * the newest of a kind.
 */
export const SCHEMA = `
CREATE TABLE records (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  time INTEGER NOT NULL,
  producer TEXT NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX records_by_subject ON records (subject, kind, time);
CREATE INDEX records_by_kind ON records (kind, time);
`;
