import pg from "pg";
import type { Gateway, Page, Receipt } from "../gateway.ts";
import type { GatewaySurroundings } from "../gateway-surroundings.ts";
import { admitRecords, oldest } from "../record/admit-records.ts";
import { type Criteria, DEFAULT_LIMIT } from "../record/criteria.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { parseCriteria } from "../record/parse-criteria.ts";
import { type Dialect, latestOfAny, latestOfKind, questionOf } from "../sql/question.ts";
import { pageOf, recordOf, type StoredRow } from "../sql/stored-row.ts";
import { prepareSchema } from "./prepare-schema.ts";
import { reaching } from "./reaching.ts";
import { storeRows } from "./store-rows.ts";

/** Where the database is. */
export interface PostgresqlPlace {
  /** `postgresql://user@host:5432/database` */
  readonly url: string;
  /** The schema that holds the tables. */
  readonly schema: string;
  readonly password: string | undefined;
}

/** A gateway over a table in PostgreSQL, which others may use as well. */
export class PostgresqlGateway implements Gateway {
  readonly #server: string;
  readonly #schema: string;
  readonly #pool: pg.Pool;
  readonly #around: GatewaySurroundings;
  readonly #dialect: Dialect;

  private constructor(server: string, schema: string, pool: pg.Pool, around: GatewaySurroundings) {
    this.#server = server;
    this.#schema = schema;
    this.#pool = pool;
    this.#around = around;
    this.#dialect = dialect(schema);
  }

  /**
   * Connects, and makes the tables where they are not there.
   *
   * @throws OrchestrateError `metadata-unreachable`, `metadata-unauthorized`, `metadata-store-newer`
   */
  static async open(
    { url, schema, password }: PostgresqlPlace,
    around: GatewaySurroundings,
  ): Promise<PostgresqlGateway> {
    const place = new URL(url);
    const { host } = place;
    if (password !== undefined) place.password = encodeURIComponent(password);
    const pool = new pg.Pool({
      connectionString: place.href,
      max: CONNECTIONS,
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE * 6,
      application_name: "orchestrate-metadata",
      types: { getTypeParser },
    });
    // A connection that breaks while nobody uses it is replaced when somebody does.
    pool.on("error", () => {});
    try {
      await reaching(host, () => prepareSchema(pool, schema));
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new PostgresqlGateway(host, schema, pool, around);
  }

  emit(record: MetadataRecord): Promise<Receipt> {
    return this.emitMany([record]);
  }

  async emitMany(records: readonly MetadataRecord[]): Promise<Receipt> {
    const { kinds, now, reach } = this.#around;
    const { rows, expired } = admitRecords(records, kinds, now());
    const store = { pool: this.#pool, schema: this.#schema, reach };
    const stored = rows.length === 0 ? 0 : await reaching(this.#server, () => storeRows(store, rows));
    reach("acknowledge:before");
    const receipt = { stored, known: rows.length - stored, expired };
    reach("acknowledge:after");
    return receipt;
  }

  async latest(subject: string, kind?: string): Promise<MetadataRecord | undefined> {
    const values = kind === undefined ? [subject] : [subject, kind];
    // PostgreSQL refuses the character, which no record holds.
    if (values.some((value) => value.includes("\0"))) return undefined;
    const sql = kind === undefined ? latestOfAny(this.#dialect) : latestOfKind(this.#dialect);
    return (await this.#rows(sql, values)).map(recordOf)[0];
  }

  async history(subject: string, kind?: string, limit = DEFAULT_LIMIT): Promise<readonly MetadataRecord[]> {
    return (await this.query({ subject, limit, ...(kind === undefined ? {} : { kinds: [kind] }) })).records;
  }

  async query(criteria: Criteria): Promise<Page> {
    const parsed = parseCriteria(criteria);
    const { sql, values } = questionOf(parsed, this.#dialect);
    return pageOf(await this.#rows(sql, values), parsed.limit);
  }

  async prune(): Promise<number> {
    const { kinds, now } = this.#around;
    const removed = kinds
      .all()
      .filter(({ retentionDays }) => retentionDays !== null)
      .map(async ({ name }) => {
        const sql = `DELETE FROM ${this.#dialect.table} WHERE kind = $1 AND time < $2`;
        const values = [name, Math.ceil(oldest(kinds, name, now()))];
        const { rowCount } = await reaching(this.#server, () => this.#pool.query(sql, values));
        return rowCount ?? 0;
      });
    return (await Promise.all(removed)).reduce((sum, count) => sum + count, 0);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #rows(sql: string, values: readonly unknown[]): Promise<readonly StoredRow[]> {
    const { rows } = await reaching(this.#server, () => this.#pool.query<StoredRow>(sql, [...values]));
    return rows;
  }
}

/** At once, for each gateway. */
const CONNECTIONS = 4;

/** How long to wait for a connection, in milliseconds; for an answer, six times as long. */
const PATIENCE = 5_000;

function dialect(schema: string): Dialect {
  return {
    table: `${schema}.records`,
    placeholder: (n) => `$${n}`,
    field: (names, value) => `(payload${names.map((name) => ` -> ${value(name)}::text`).join("")})::text`,
  };
}

/** `int8` as a number, since times and places fit into one; `json` as the text that it is. */
function getTypeParser(id: number, format?: "text" | "binary") {
  if (id === pg.types.builtins.INT8) return Number;
  if (id === pg.types.builtins.JSON) return (text: string) => text;
  return format === undefined ? pg.types.getTypeParser(id) : pg.types.getTypeParser(id, format);
}
