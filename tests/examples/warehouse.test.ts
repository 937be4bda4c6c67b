import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { scratchDirectory } from "../rig/scratch-directory.ts";
import { ExampleProject, jsonIn } from "./example-project.ts";

const POSTGRES = process.env.ORCHESTRATE_TEST_POSTGRES;
const scratch = scratchDirectory();

describe("examples/warehouse", () => {
  it("takes three days over, changes nothing when a day is run again, and finds what is spoilt", async () => {
    const project = new ExampleProject(scratch, "warehouse");
    const written = [];
    for (const day of [1, 2, 3, 3]) written.push(await runDay(project, day));
    expect(written.map(({ files }) => files)).toEqual([
      { read: 500, written: 500, deleted: 0 },
      { read: 50, written: 50, deleted: 10 },
      // The column that is new on the third day is read for all rows.
      { read: 531, written: 531, deleted: 10 },
      { read: 0, written: 0, deleted: 0 },
    ]);
    expect(written.map(({ history }) => history)).toEqual([
      { read: 500, written: 500, deleted: 0 },
      { read: 60, written: 50, deleted: 10 },
      { read: 62, written: 52, deleted: 10 },
      { read: 0, written: 0, deleted: 0 },
    ]);
    const newest = written.at(-1)!.directory;
    expect(await verifyRun(newest)).toMatchObject({ ok: true, state: "finished" });

    const lineage = await project.sh("npx orchestrate lineage files.table");
    expect(lineage.output).toMatch(/shop\.csv {2}ingest\/generate/);
    const records = await project.sh("npx orchestrate metadata query --kind recon_result --latest --limit 20 --json");
    expect(records.output).toContain('"check":"differences"');

    using db = new DatabaseSync(join(project.directory, "warehouse.sqlite"));
    expect(db.prepare("SELECT count(*) AS versions FROM customers").get()).toEqual({ versions: 602 });
    db.exec("DELETE FROM customers WHERE id = (SELECT min(id) FROM customers WHERE is_current)");
    const spoilt = await project.sh("npx orchestrate run --set shop.with.day=3");
    expect(spoilt.status).toBe(4);
    expect(spoilt.output).toContain("row_count fails: 531 rows in the source, 530 in the target.");
  }, 180_000);

  it.skipIf(POSTGRES === undefined)(
    "keeps the history in PostgreSQL (needs ORCHESTRATE_TEST_POSTGRES)",
    async () => {
      const project = new ExampleProject(scratch, "warehouse");
      process.env.WAREHOUSE_URL = POSTGRES;
      await project.sh(`psql "$WAREHOUSE_URL" -qc 'DROP TABLE IF EXISTS customers, orchestrate_ingest'`);
      const days = [];
      for (const day of [1, 2]) days.push(await runDay(project, day, "--profile postgres"));
      expect(days.map(({ history }) => history.written)).toEqual([500, 50]);
      const secret = await project.sh('grep -rl "$WAREHOUSE_URL" runs || echo none');
      expect(secret.output).toBe("none\n");
      await project.sh(`psql "$WAREHOUSE_URL" -qc 'DROP TABLE customers, orchestrate_ingest'`);
    },
    180_000,
  );
});

async function runDay(project: ExampleProject, day: number, rest = "") {
  const { directory } = await project.runs(`--set shop.with.day=${day} ${rest}`);
  const report = (phase: string) => {
    const { read, written, deleted } = jsonIn(directory, `${phase}/artifacts/report.json`);
    return { read, written, deleted };
  };
  return { directory, files: report("files"), history: report("history") };
}
