/** Goes up with every change of `schema`; an index of another version is made anew. */
export const schemaVersion = 3;

/**
 * `fp` and `results` are the first 48 bits of a digest, for short indexes. `contested` says that phases with the same
 * fingerprint have different results, so that the order in which they were committed matters.
 */
export const schema = `
  CREATE TABLE runs (
    run TEXT PRIMARY KEY, pipeline TEXT NOT NULL, state TEXT, created TEXT NOT NULL,
    complete INTEGER NOT NULL, run_hash TEXT, sealed INTEGER NOT NULL, journal TEXT, pins TEXT NOT NULL
  ) STRICT;
  CREATE TABLE phases (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, phase TEXT NOT NULL, key TEXT, path TEXT NOT NULL, fp INTEGER NOT NULL,
    results INTEGER NOT NULL, contested INTEGER NOT NULL, committed TEXT NOT NULL, record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX phases_by_fingerprint ON phases (fp, results);
  CREATE INDEX phases_by_run ON phases (run, phase);
  CREATE TABLE durations (
    pipeline TEXT NOT NULL, phase TEXT NOT NULL, step TEXT NOT NULL, ms REAL NOT NULL, PRIMARY KEY (pipeline, phase)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE configs (
    code TEXT NOT NULL, raw TEXT NOT NULL, json TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (code, raw)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE kept (
    kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key)
  ) STRICT;
  CREATE TABLE held (
    id INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT NOT NULL UNIQUE, run TEXT NOT NULL, basis TEXT NOT NULL,
    paths TEXT NOT NULL, numbers BLOB NOT NULL
  ) STRICT;
`;
