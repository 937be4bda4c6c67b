import { defineStep, file, z } from "@orchestrate/sdk";
import { changesBy, columnsAfter, SchemaChange } from "./generate/columns.ts";
import { csvText } from "./generate/csv-text.ts";
import { random } from "./generate/random.ts";
import { simulate } from "./generate/simulate.ts";
import { travelling } from "./generate/travelling.ts";
import { writeDatabase } from "./generate/write-database.ts";
import type { Column } from "./table/table-schema.ts";

const share = z.number().min(0).max(1);

export default defineStep({
  summary: "Writes a synthetic source as it stands on a day: a table of customers, and the log of its changes.",
  config: z.strictObject({
    /** Rows on the first day. */
    rows: z.number().int().min(1).max(1_000_000).default(1000),
    /** The day at whose end the source is written, from 1. */
    day: z.number().int().min(1).max(1000).default(1),
    /** Shares of the rows that come, change and go on every day after the first. */
    inserts: share.default(0.05),
    updates: share.default(0.05),
    deletes: share.default(0.02),
    /** The share of changes that are dated up to six hours too early. */
    late: share.default(0),
    /** What becomes of the schema. */
    drift: z.array(SchemaChange).default([]),
  }),
  outputs: {
    csv: file("text/csv", "customers.csv"),
    database: file("application/vnd.sqlite3", "customers.sqlite"),
  },
  seeds: ["customers"],
  async run({ config, outputs, seeds, metric }) {
    const happened = changesBy(config.day, config.drift);
    const { customers, changes } = simulate(config, (on) => random((seeds.customers + on * 7919) >>> 0));
    const columns = columnsAfter(happened);
    const rows = customers.map((customer) => travelling(customer, columns, happened));
    await outputs.csv.write(csvText(columns, rows));
    const log: readonly Column[] = [
      { name: "seq", type: { type: "integer", bits: 64 }, nullable: false },
      { name: "op", type: { type: "text", length: null }, nullable: false },
      ...columns,
    ];
    writeDatabase(outputs.database.path, [
      { name: "customers", columns, key: ["id"], rows },
      {
        name: "customers_log",
        columns: log,
        key: ["seq"],
        rows: changes.map(({ seq, op, row }) => [BigInt(seq), op, ...travelling(row, columns, happened)]),
      },
    ]);
    metric("rows", customers.length);
    metric("changes", changes.length);
  },
});
