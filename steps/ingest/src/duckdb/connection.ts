import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from "@duckdb/node-api";
import { StepError } from "@orchestrate/sdk";
import type { Row } from "../table/row.ts";
import { typeName } from "../table/type-name.ts";
import type { DuckConnection } from "./duckdb.ts";
import { fillTable } from "./fill-table.ts";
import { packedTexts } from "./packed-texts.ts";
import { toValue } from "./to-value.ts";

/** Wraps a connection of the binding. Statements that an abort interrupts reject with the signal's reason. */
export function connection(duck: DuckDBConnection, signal: AbortSignal): DuckConnection {
  const interrupted = async <T>(work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const interrupt = () => duck.interrupt();
    signal.addEventListener("abort", interrupt);
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw refusal(error);
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
  };
  const self: DuckConnection = {
    run: (sql) => interrupted(async () => (await duck.run(sql)).rowsChanged),
    rows: (sql) => interrupted(async () => (await duck.runAndReadAll(sql)).getRows().map(toRow)),
    async *batches(sql) {
      // An error in the middle of a stream, or an interruption, looks like its end in this binding. So whatever can
      // fail is done before the first row is given, and rows that are missing at the end are noticed.
      await self.run(`CREATE OR REPLACE TEMPORARY TABLE ${STREAMED} AS ${sql}`);
      const [row] = await self.rows(`SELECT count(*) FROM ${STREAMED}`);
      let missing = Number(row?.[0]);
      const columns = await self.rows(`SELECT column_name, column_type FROM (DESCRIBE ${STREAMED})`);
      const packed = packedTexts(columns.map(([name, type]) => ({ name: String(name), type: String(type) })));
      const result = await interrupted(() => duck.stream(`SELECT ${packed.list} FROM ${STREAMED}`));
      while (missing > 0) {
        const chunk: DuckDBDataChunk | null = await interrupted(() => result.fetchChunk());
        signal.throwIfAborted();
        if (chunk === null || chunk.rowCount === 0) throw cutShort(missing);
        missing -= chunk.rowCount;
        yield packed.rows(chunk);
      }
      await self.run(`DROP TABLE ${STREAMED}`);
    },
    async fill(table, columns, batches) {
      const types = columns.map(({ type }) => typeName(type, "duckdb"));
      return interrupted(() => fillTable(duck, { table, columns, types, batches, signal }));
    },
  };
  return self;
}

/** Where the rows of a result lie that is given in batches. */
const STREAMED = "ingest_streamed";

function cutShort(missing: number): StepError {
  return new StepError({
    error: "duckdb-refused",
    category: "io",
    detail: `DuckDB ended a result with ${missing} rows still to come.`,
    hint: "Look whether the disk is full or broken, and load again.",
  });
}

function toRow(values: readonly DuckDBValue[]): Row {
  return values.map(toValue);
}

function refusal(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StepError || !DUCKDB.test(error.message)) return error;
  const isFull = error.message.startsWith("Out of Memory");
  return new StepError(
    {
      error: "duckdb-refused",
      category: isFull || error.message.startsWith("IO") ? "io" : "failed",
      detail: `DuckDB says: ${shortened(error.message)}`,
      hint: isFull
        ? "Give it more by the option memory of ingest/duckdb, in MiB, or by three times that as the phase's resources.memory."
        : "Mend the data or the options that it names.",
    },
    { cause: error },
  );
}

/**
 * Advice on options of DuckDB's own, which nobody can set here, and what these were, of which the file's name is told.
 */
const ADVICE =
  /^(Possible ([Ss]olution|fixes)|See also |\* |This type was either|Column \S+ is being converted|(?!file\b)[a-z_]+ ?= ?|The search space used)/;

/**
 * On one line, without the statement, which nobody has written. It may quote a whole row, which would hide what comes
 * behind.
 */
function shortened(message: string): string {
  const lines = message
    .replace(/\n+LINE \d+:[\s\S]*$/, "")
    .trim()
    .split(/\s*\n\s*/);
  return lines
    .filter((line) => !ADVICE.test(line))
    .map((line) => (line.length <= 400 ? line : `${line.slice(0, 400)} …`))
    .join(" · ")
    .slice(0, 2000);
}

/** Every error of DuckDB begins with its kind. */
const DUCKDB = /^[A-Z][A-Za-z ]* Error: /;
