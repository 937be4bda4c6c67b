import { StepError } from "@orchestrate/sdk";
import { Client, type ClientConfig } from "pg";
import type { Endpoint, OpenEndpoint, Reach } from "../endpoint/endpoint.ts";
import { quoteName } from "../sql/quote.ts";
import { MEMORY, transactionWriter } from "../sql/transaction-writer.ts";
import { alterTable } from "./alter-table.ts";
import { describeTable } from "./describe-table.ts";
import { postgresConnection } from "./postgres-connection.ts";
import { clientConfig, LONGEST_NAME, type PostgresOptions, postgresLabel } from "./postgres-options.ts";
import { readTable } from "./read-table.ts";

export function postgresEndpoint(options: PostgresOptions): Endpoint {
  const label = postgresLabel(options);
  return {
    label,
    capabilities: {
      reads: "ranges",
      writes: ["full", "append", "scd1", "scd2"],
      reach: "outside",
      longestName: LONGEST_NAME,
    },
    async testConnection(reach) {
      try {
        const client = await connected(options, reach, label);
        try {
          const { rows } = await client.query("SHOW server_version");
          return { ok: true, message: `${label} answers.`, version: String(rows[0].server_version) };
        } finally {
          await client.end();
        }
      } catch (error) {
        return { ok: false, message: error instanceof Error ? error.message : String(error), version: null };
      }
    },
    open: async (reach) => open(options, reach, await connected(options, reach, label)),
  };
}

function open(options: PostgresOptions, { signal }: Reach, client: Client): OpenEndpoint {
  // The server rolls back what an aborted attempt has begun.
  const cut = () => void client.end();
  signal.addEventListener("abort", cut);
  const connection = postgresConnection(client);
  const table = `${quoteName(options.schema)}.${quoteName(options.table)}`;
  const describe = () => describeTable(connection, table);
  return {
    describe,
    read: (request) => readTable(connection, table, request, options.fetch),
    pushdown: { dialect: "postgres", from: table, query: connection.query },
    writer: transactionWriter({
      connection,
      table,
      // Who may make the table can make another beside it, and not everybody may in `public`.
      memory: `${quoteName(options.schema)}.${MEMORY}`,
      describe,
      alter: (before, after) => alterTable(table, before, after),
    }),
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", cut);
      await client.end();
    },
  };
}

/** Values as they travel and literals as `quoteValue` writes them, whatever role and database are set to. */
const SETTINGS = [
  "TIME ZONE 'UTC'",
  "datestyle TO ISO",
  "intervalstyle TO postgres",
  "bytea_output TO hex",
  "extra_float_digits TO 1",
  "standard_conforming_strings TO on",
  "synchronous_commit TO on",
]
  .map((setting) => `SET ${setting}`)
  .join("; ");

async function connected(options: PostgresOptions, reach: Reach, label: string): Promise<Client> {
  const config = clientConfig(options, reach);
  try {
    return await connectedBy(config);
  } catch (error) {
    throw new StepError(
      {
        error: "endpoint-unreachable",
        category: "io",
        detail: `${label} can't be reached: ${(error instanceof Error ? error.message : String(error)).trim()}.`,
        hint: "Check host, port, database, user, secret, sslmode and certificates, and that the server runs.",
      },
      { cause: error },
    );
  }
}

async function connectedBy(config: ClientConfig): Promise<Client> {
  const client = new Client(config);
  // A connection that breaks while nothing is asked is told by the next statement.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query(SETTINGS);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}
