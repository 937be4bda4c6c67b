import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Gateway, Page, Receipt } from "../gateway.ts";
import type { GatewaySurroundings } from "../gateway-surroundings.ts";
import { admitRecords, isSameFact, oldest, type RecordRow, refuseConflict } from "../record/admit-records.ts";
import { type Criteria, DEFAULT_LIMIT } from "../record/criteria.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { parseCriteria } from "../record/parse-criteria.ts";
import { type Dialect, latestOfAny, latestOfKind, questionOf } from "../sql/question.ts";
import { pageOf, recordOf, type StoredRow } from "../sql/stored-row.ts";
import { inTransaction, openStore, reaching } from "./open-store.ts";
import { SCHEMA, SCHEMA_VERSION } from "./schema.ts";

/** A gateway in this process, over a SQLite file that other processes may use as well. */
export class EmbeddedGateway implements Gateway {
  readonly #file: string;
  readonly #around: GatewaySurroundings;
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #byKey: StatementSync;
  readonly #latestOfKind: StatementSync;
  readonly #latestOfAny: StatementSync;

  /** @throws OrchestrateError (io) `metadata-unreachable`; (input) `metadata-store-newer`. */
  constructor(file: string, around: GatewaySurroundings) {
    this.#file = file;
    this.#around = around;
    this.#database = openStore(file, { version: SCHEMA_VERSION, sql: SCHEMA });
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#insert = prepare(INSERT);
    this.#byKey = prepare("SELECT kind, subject, time, producer, payload FROM records WHERE key = ?");
    this.#latestOfKind = prepare(latestOfKind(SQLITE));
    this.#latestOfAny = prepare(latestOfAny(SQLITE));
  }

  emit(record: MetadataRecord): Promise<Receipt> {
    return this.emitMany([record]);
  }

  async emitMany(records: readonly MetadataRecord[]): Promise<Receipt> {
    const { kinds, now, reach } = this.#around;
    const { rows, expired } = admitRecords(records, kinds, now());
    const stored = rows.length === 0 ? 0 : reaching(this.#file, () => this.#store(rows));
    reach("acknowledge:before");
    const receipt = { stored, known: rows.length - stored, expired };
    reach("acknowledge:after");
    return receipt;
  }

  async latest(subject: string, kind?: string): Promise<MetadataRecord | undefined> {
    const row = reaching(this.#file, () =>
      kind === undefined ? this.#latestOfAny.get(subject) : this.#latestOfKind.get(subject, kind),
    );
    return row === undefined ? undefined : recordOf(row as unknown as StoredRow);
  }

  async history(subject: string, kind?: string, limit = DEFAULT_LIMIT): Promise<readonly MetadataRecord[]> {
    return (await this.query({ subject, limit, ...(kind === undefined ? {} : { kinds: [kind] }) })).records;
  }

  async query(criteria: Criteria): Promise<Page> {
    const parsed = parseCriteria(criteria);
    const { sql, values } = questionOf(parsed, SQLITE);
    const rows = reaching(this.#file, () => this.#database.prepare(sql).all(...values));
    return pageOf(rows as unknown as readonly StoredRow[], parsed.limit);
  }

  async prune(): Promise<number> {
    const { kinds, now } = this.#around;
    const remove = this.#database.prepare("DELETE FROM records WHERE kind = ? AND time < ?");
    return kinds
      .all()
      .filter(({ retentionDays }) => retentionDays !== null)
      .map(({ name }) => reaching(this.#file, () => Number(remove.run(name, oldest(kinds, name, now())).changes)))
      .reduce((sum, count) => sum + count, 0);
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** Stores all or none; gives how many were new. */
  #store(rows: readonly RecordRow[]): number {
    const { reach } = this.#around;
    const store = () => {
      reach("store:before");
      const stored = rows.filter((row) => this.#insertOne(row)).length;
      reach("store:after");
      return stored;
    };
    return inTransaction(this.#database, store, () => {
      reach("commit:before");
      this.#database.exec("COMMIT");
      reach("commit:after");
    });
  }

  #insertOne(row: RecordRow): boolean {
    const { key, kind, subject, time, producer, payload } = row;
    if (Number(this.#insert.run(key, kind, subject, time, producer, payload).changes) > 0) return true;
    const known = this.#byKey.get(key);
    if (!isSameFact(row, { key, ...(known as unknown as Omit<RecordRow, "key">) })) refuseConflict(row);
    return false;
  }
}

const INSERT = `INSERT INTO records (key, kind, subject, time, producer, payload) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO NOTHING`;

const SQLITE: Dialect = {
  table: "records",
  placeholder: (n) => `?${n}`,
  field: (names, value) => `(payload -> ${value(`$${names.map((name) => `."${name}"`).join("")}`)})`,
};
