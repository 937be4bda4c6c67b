import { copyFileSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { commitPoints, verifyRun } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { duckRows } from "../steps/ingest/src/fixtures/warehouse.ts";
import { Project } from "./rig/project.ts";
import { errorOf, outcomeOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const PLUGINS = ["@orchestrate/steps-ingest"];
const csv = { use: "csv", with: { types: { credit: "decimal(12, 2)" } } };

const loading = (target: object, table: object) => ({
  pipeline: "loading",
  phases: {
    shop: { step: "ingest/generate", with: { rows: 60, day: 1 } },
    load: {
      step: "ingest/load",
      with: {
        changes: { mode: "cursor+key-sweep", column: "updated_at" },
        strategy: "scd1",
        key: ["id"],
        slices: { whole: 20, rows: 20 },
      },
      inputs: { source: "shop.csv", state: { previous: "load.state" }, ...table },
      services: { "ingest/source": csv, "ingest/target": target },
    },
  },
});
const database = { use: "sqlite", with: { database: "warehouse.sqlite", table: "customers" } };

/** Every point at which an attempt ends or is committed, by three, so that no test goes on for many days. */
const points = ["attempt:ended", "attempt:carried", ...commitPoints.map((point) => `commit:${point}`)];
const pointsByDay = [0, 1, 2].map((first) => points.filter((_, at) => at % 3 === first));

describe("a load whose engine is killed", () => {
  it("when the database has committed and the run has not: the run is resumed, and writes nothing twice", async () => {
    const project = new Project(scratch, { pipeline: loading(database, {}), plugins: PLUGINS });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const env = { ORCHESTRATE_TEST_KILL_AT: "attempt:ended:load" };
    const killed = await project.orchestrate(["run", "--set", "shop.with.day=2"], { env });
    expect(killed.signal).toBe("SIGKILL");
    const before = memoryOf(project);

    const refused = await project.orchestrate(["run", "--json", "--set", "shop.with.day=3"]);
    expect(errorOf(refused).error).toBe("effect-uncommitted");

    const resumed = await project.orchestrate(["resume", "--json"]);
    expect(resumed).toMatchObject({ status: 0, stderr: "" });
    const { directory } = resultOf(resumed);
    expect(memoryOf(project)).toEqual(before);
    expect(JSON.parse(readFileSync(join(directory, "phases/load/artifacts/report.json"), "utf8"))).toEqual(
      JSON.parse(before.memory).report,
    );
    expect(rowsOf(project)).toEqual(truthOf(directory));
  });

  it("when what compares database and source is committed: the run is resumed, though nobody can tell what they hold now", async () => {
    const { pipeline, phases } = loading(database, {});
    const agree = {
      step: "ingest/reconcile",
      inputs: { source: "shop.csv", state: "load.state" },
      services: phases.load.services,
    };
    const whole = { pipeline, phases: { ...phases, agree: { ...agree, with: { key: ["id"] } } } };
    const project = new Project(scratch, { pipeline: whole, plugins: PLUGINS });
    const killed = await project.orchestrate(["run"], { env: { ORCHESTRATE_TEST_KILL_AT: "commit:committed:agree" } });
    expect(killed.signal).toBe("SIGKILL");
    const resumed = await project.orchestrate(["resume", "--json"]);
    expect(resumed).toMatchObject({ status: 0, stderr: "" });
    expect(await verifyRun(resultOf(resumed).directory)).toMatchObject({ ok: true, state: "finished" });
  });

  it.each(["attempt:ended:load", "commit:artifacts-renamed:load"])(
    "at %s, into files: ends with the digests of an undisturbed run",
    async (point) => {
      const pipeline = loading({ use: "parquet" }, { table: { previous: "load.table" } });
      const undisturbed = new Project(scratch, { pipeline, plugins: PLUGINS });
      const hash = outcomeOf(resultOf(await undisturbed.orchestrate(["run", "--json"])).directory).hash;

      const project = new Project(scratch, { pipeline, plugins: PLUGINS, knowsPluginsFrom: undisturbed });
      const killed = await project.orchestrate(["run"], { env: { ORCHESTRATE_TEST_KILL_AT: point } });
      expect(killed.signal).toBe("SIGKILL");
      const { directory } = resultOf(await project.orchestrate(["resume", "--json"]));
      expect(outcomeOf(directory).hash).toBe(hash);
      expect(await verifyRun(directory)).toMatchObject({ ok: true, state: "finished" });
    },
  );

  it.each(pointsByDay)(
    "day after day at another point, into files that are carried over: every day ends with the source's rows: %s",
    async (...days) => {
      const target = { use: "parquet", with: { partitionBy: ["country", "postcode"] } };
      const pipeline = loading(target, { table: { previous: "load.table" } });
      const project = new Project(scratch, { pipeline, plugins: PLUGINS });
      expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
      for (const [at, point] of days.entries()) {
        const env = { ORCHESTRATE_TEST_KILL_AT: `${point}:load` };
        const killed = await project.orchestrate(["run", "--set", `shop.with.day=${at + 2}`], { env });
        expect(killed.signal, point).toBe("SIGKILL");
        const { directory } = resultOf(await project.orchestrate(["resume", "--json"]));
        const [table, csv] = ["load/artifacts/table", "shop/artifacts/customers.csv"].map((path) =>
          join(directory, "phases", path),
        );
        const rows = (from: string) =>
          duckRows(`SELECT id, name, country, credit, updated_at FROM ${from} ORDER BY id`);
        expect(await rows(`read_parquet('${table}/*/*/*.parquet', hive_partitioning=false)`), point).toEqual(
          await rows(`read_csv('${csv}', types={credit: 'DECIMAL(12, 2)', updated_at: 'TIMESTAMP'})`),
        );
      }
      for (const run of project.runs())
        expect(await verifyRun(project.path("runs", run)), run).toMatchObject({ ok: true, problems: [] });
      const last = project.path("runs", project.runs().at(-1)!);
      const links = globSync("phases/load/artifacts/table/*/*/*.parquet", { cwd: last }).map(
        (path) => statSync(join(last, path)).nlink,
      );
      expect(Math.max(...links)).toBeGreaterThan(1);
    },
  );
});

function memoryOf(project: Project): { readonly token: string; readonly memory: string } {
  using db = new DatabaseSync(project.path("warehouse.sqlite"), { readOnly: true });
  const row = db.prepare("SELECT token, memory FROM orchestrate_ingest").get();
  return { token: String(row?.token), memory: String(row?.memory) };
}

const COLUMNS = "id, name, country, credit, substr(updated_at, 1, 19) AS updated_at";

function rowsOf(project: Project): readonly object[] {
  using db = new DatabaseSync(project.path("warehouse.sqlite"), { readOnly: true });
  return db.prepare(`SELECT ${COLUMNS} FROM customers ORDER BY id`).all();
}

/** The shop's own database, of which a copy is read, since reading may write beside it. */
function truthOf(run: string): readonly object[] {
  const copy = join(scratch.directory(), "shop.sqlite");
  copyFileSync(join(run, "phases/shop/artifacts/customers.sqlite"), copy);
  using db = new DatabaseSync(copy, { readOnly: true });
  return db.prepare(`SELECT ${COLUMNS} FROM customers ORDER BY id`).all();
}
