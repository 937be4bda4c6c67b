import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ErrorEnvelope } from "@orchestrate/sdk";
import { inTransaction, openStore, reaching } from "../embedded/open-store.ts";
import { metadataError } from "../metadata-error.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";

/** What an outbox may hold before it takes no more. */
export interface OutboxLimits {
  readonly records: number;
  /** Of JSON. */
  readonly bytes: number;
}

/** A record that waits to be sent. */
export interface Waiting {
  /** Its place in the order in which records were put. */
  readonly seq: number;
  readonly record: MetadataRecord;
}

const DEFAULT_LIMITS: OutboxLimits = { records: 200_000, bytes: 256 << 20 };

/**
 * Records on their way to a gateway, in a file, so that neither a gateway that is away nor a kill loses any. Several
 * processes may put and deliver at once.
 */
export class Outbox {
  readonly file: string;
  readonly #limits: OutboxLimits;
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #next: StatementSync;
  readonly #delete: StatementSync;

  /** @throws OrchestrateError (io) `metadata-unreachable`; (input) `metadata-store-newer`. */
  constructor(file: string, limits: OutboxLimits = DEFAULT_LIMITS) {
    this.file = file;
    this.#limits = limits;
    this.#database = openStore(file, { version: 1, sql: SCHEMA });
    this.#insert = this.#database.prepare("INSERT INTO waiting (record) VALUES (?)");
    this.#next = this.#database.prepare("SELECT seq, record FROM waiting ORDER BY seq LIMIT ?");
    this.#delete = this.#database.prepare("DELETE FROM waiting WHERE seq BETWEEN ? AND ?");
  }

  /** Whether there is room for these records. A batch that is larger than the outbox itself fits into an empty one. */
  hasRoom(records: readonly MetadataRecord[]): boolean {
    const { count, bytes } = this.#size();
    if (count === 0) return true;
    return count + records.length <= this.#limits.records && bytes < this.#limits.bytes;
  }

  /**
   * Puts records behind those that wait: all or none. When it returns they are durable.
   *
   * @throws OrchestrateError `metadata-outbox-full`
   */
  put(records: readonly MetadataRecord[]): void {
    if (!this.hasRoom(records)) throw this.#full();
    reaching(this.file, () =>
      inTransaction(this.#database, () => {
        for (const record of records) this.#insert.run(JSON.stringify(record));
      }),
    );
  }

  /** The records that wait longest, in order; at most so many, and some MiB. */
  next(most: number): readonly Waiting[] {
    const batch: Waiting[] = [];
    let bytes = 0;
    reaching(this.file, () => {
      for (const { seq, record } of this.#next.iterate(most)) {
        bytes += String(record).length;
        if (batch.length > 0 && bytes > BATCH_BYTES) break;
        batch.push({ seq: Number(seq), record: JSON.parse(String(record)) });
      }
    });
    return batch;
  }

  /** Forgets a batch that `next` gave: the gateway has it. */
  delete(batch: readonly Waiting[]): void {
    const [first, last] = [batch[0], batch.at(-1)];
    if (first === undefined || last === undefined) return;
    reaching(this.file, () => this.#delete.run(first.seq, last.seq));
  }

  /** Sets a record aside that the gateway will never take, with the reason. */
  reject({ seq, record }: Waiting, error: ErrorEnvelope): void {
    reaching(this.file, () =>
      inTransaction(this.#database, () => {
        const insert = this.#database.prepare("INSERT OR IGNORE INTO rejected (seq, record, error) VALUES (?, ?, ?)");
        insert.run(seq, JSON.stringify(record), JSON.stringify(error));
        this.#delete.run(seq, seq);
      }),
    );
  }

  /** Puts what was set aside behind those that wait, to be tried again, as once its kind was added. */
  putBack(): void {
    reaching(this.file, () =>
      inTransaction(this.#database, () => {
        this.#database.exec("INSERT INTO waiting (record) SELECT record FROM rejected ORDER BY seq");
        this.#database.exec("DELETE FROM rejected");
      }),
    );
  }

  /** How many records wait, and how many were set aside. */
  counts(): { readonly waiting: number; readonly rejected: number } {
    const { count } = this.#size();
    const row = reaching(this.file, () => this.#database.prepare("SELECT count(*) AS n FROM rejected").get());
    return { waiting: count, rejected: Number(row?.n) };
  }

  /** What was set aside, the oldest first. */
  rejected(): readonly { readonly record: MetadataRecord; readonly error: ErrorEnvelope }[] {
    const rows = reaching(this.file, () =>
      this.#database.prepare("SELECT record, error FROM rejected ORDER BY seq").all(),
    );
    return rows.map(({ record, error }) => ({ record: JSON.parse(String(record)), error: JSON.parse(String(error)) }));
  }

  close(): void {
    this.#database.close();
  }

  #size(): { readonly count: number; readonly bytes: number } {
    const row = reaching(this.file, () => this.#database.prepare(SIZE).get());
    return { count: Number(row?.count), bytes: Number(row?.bytes) };
  }

  #full() {
    const { count } = this.#size();
    return metadataError(
      "metadata-outbox-full",
      `The outbox ${this.file} holds ${count} records that the gateway has not taken, and takes no more.`,
      "Bring the gateway back, then let `orchestrate metadata rebuild` make up for what is missing.",
    );
  }
}

/** Of JSON text, in UTF-16 code units. */
const BATCH_BYTES = 4 << 20;

/** Kept by triggers, since counting a long queue takes long. */
const SIZE = "SELECT count, bytes FROM size";

const SCHEMA = `
CREATE TABLE waiting (seq INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL) STRICT;
CREATE TABLE rejected (seq INTEGER PRIMARY KEY, record TEXT NOT NULL, error TEXT NOT NULL) STRICT;
CREATE TABLE size (count INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
INSERT INTO size VALUES (0, 0);
CREATE TRIGGER waiting_put AFTER INSERT ON waiting BEGIN
  UPDATE size SET count = count + 1, bytes = bytes + length(new.record);
END;
CREATE TRIGGER waiting_deleted AFTER DELETE ON waiting BEGIN
  UPDATE size SET count = count - 1, bytes = bytes - length(old.record);
END;
`;
