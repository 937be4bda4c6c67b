import { StepError } from "@orchestrate/sdk";
import type { Client } from "pg";
import { quoteNames } from "../sql/quote.ts";
import type { SqlConnection } from "../sql/sql-connection.ts";
import type { Row, Value } from "../table/row.ts";
import { typeName } from "../table/type-name.ts";

/** Statements of a PostgreSQL database. Values of a query come as text, in the server's own writing. */
export function postgresConnection(client: Client): SqlConnection {
  return {
    dialect: "postgres",
    run: async (sql) => (await told(() => client.query(sql))).rowCount ?? 0,
    async query(sql) {
      const config = { text: sql, rowMode: "array", types: { getTypeParser: () => asText } } as const;
      const { rows } = await told(() => client.query<(string | null)[]>(config));
      return rows as readonly Row[];
    },
    async insert(table, columns, batches) {
      const names = columns.map(({ name }) => name);
      const arrays = columns.map(({ type }, at) => `$${at + 1}::${typeName(type, "postgres")}[]`);
      const text = `INSERT INTO ${table} (${quoteNames(names)}) SELECT * FROM unnest(${arrays.join(", ")})`;
      let count = 0;
      for await (const rows of batches) {
        const values = columns.map((_, at) => rows.map((row) => sent(row[at] ?? null)));
        await told(() => client.query(text, values));
        count += rows.length;
      }
      return count;
    },
  };
}

function asText(text: string): string {
  return text;
}

/** The driver knows no bigint. */
function sent(value: Value): Exclude<Value, bigint> {
  return typeof value === "bigint" ? String(value) : value;
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message, code, detail } = error as Error & { readonly code?: string; readonly detail?: string };
    throw new StepError(
      {
        error: "database-refused",
        category: code === undefined || /^(08|53|57|58)/.test(code) ? "io" : "failed",
        detail: `PostgreSQL says: ${message}${detail === undefined ? "" : ` (${detail})`}.`,
        hint: "Mend the data, the table or the options that it names.",
      },
      { cause: error },
    );
  }
}
