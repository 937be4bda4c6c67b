import type pg from "pg";
import { metadataError } from "../metadata-error.ts";
import { inTransaction } from "./in-transaction.ts";
import { SCHEMA_VERSION, schemaSql } from "./schema.ts";

/** Makes the tables where they are not there. @throws OrchestrateError `metadata-store-newer` */
export async function prepareSchema(pool: pg.Pool, schema: string): Promise<void> {
  if ((await versionOf(pool, schema)) === undefined) {
    await inTransaction(pool, schema, async (client) => {
      // Another gateway may have made them meanwhile.
      if ((await versionOf(client, schema)) === undefined) await client.query(schemaSql(schema));
    });
  }
  const version = await versionOf(pool, schema);
  if (version === undefined || version <= SCHEMA_VERSION) return;
  const detail = `The schema ${schema} has version ${version} of its tables; this package knows version ${SCHEMA_VERSION}.`;
  throw metadataError("metadata-store-newer", detail, "Install the newer @orchestrate/metadata that wrote it.");
}

async function versionOf(client: pg.Pool | pg.PoolClient, schema: string): Promise<number | undefined> {
  const { rows } = await client.query<{ there: string | null }>("SELECT to_regclass($1) AS there", [`${schema}.about`]);
  if (rows[0]?.there === null) return undefined;
  const { rows: about } = await client.query<{ version: number }>(`SELECT version FROM ${schema}.about`);
  return about[0]?.version;
}
