import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadOnce, type OnceOf } from "./fixtures/load-once.ts";
import { duckRows, sqliteRows } from "./fixtures/warehouse.ts";

const SCRIPT = fileURLToPath(new URL("fixtures/killed-load.ts", import.meta.url));
const URL_OF_TEST = process.env.ORCHESTRATE_TEST_POSTGRES;
const COLUMNS = "id, value, changed";
const FIRST =
  "CREATE TABLE goods (id BIGINT PRIMARY KEY, value TEXT, changed BIGINT); INSERT INTO goods VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)";
const THEN =
  "UPDATE goods SET value = 'B', changed = 4 WHERE id = 2; DELETE FROM goods WHERE id = 3; INSERT INTO goods VALUES (4, 'd', 5), (5, 'e', 6), (6, 'late', 0)";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-killed-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

// Every second point is gone on from by another attempt, the others by a new run; for SQLite the other way round as well.
const CASES = [
  { target: "sqlite", first: "resumed", parity: 0 },
  { target: "sqlite", first: "begun anew", parity: 1 },
  { target: "parquet", first: "resumed", parity: 0 },
  { target: "postgres", first: "begun anew", parity: 1 },
] as const;

describe("a load that is killed at each of its points", () => {
  describe.each(CASES)("into $target, and then $first or the other", ({ target, parity }) => {
    const test = it.skipIf(target === "postgres" && URL_OF_TEST === undefined);
    test("ends with the source's rows, and changes nothing when it is run again", async () => {
      const start = join(root, "start");
      const before = await firstLoad(start, target);
      const places: string[] = [];
      for (let at = 1; ; at += 1) {
        const project = join(root, `killed-${at}`);
        cpSync(start, project, { recursive: true });
        const of = { ...onceOf(project, target), before: moved(before, start, project), token: "sha256:killed" };
        if (target === "postgres") await clone(tableOf(start), of.table);
        const killed = spawnSync(
          process.execPath,
          [SCRIPT, JSON.stringify({ ...of, directory: join(project, "killed"), at })],
          { encoding: "utf8" },
        );
        if (killed.signal !== "SIGKILL") {
          expect(killed).toMatchObject({ status: 0 });
          break;
        }
        places.push(killed.stdout.trim().split("\n").at(-1)!);
        const token = at % 2 === parity ? of.token : "sha256:new";
        const ended = await loadOnce({ ...of, token, directory: join(project, "after") }, () => {});
        expect(ended.error, `after a kill at ${places.at(-1)}`).toBeUndefined();
        const table = ended.outputs.table?.path;
        const expected = sqliteRows(join(project, "shop.sqlite"), `SELECT ${COLUMNS} FROM goods ORDER BY id`);
        expect(await rowsOf(of, table), `after a kill at ${places.at(-1)}`).toEqual(expected);
        expect(readdirSync(join(project, ".orchestrate/staging")), `after a kill at ${places.at(-1)}`).toEqual([]);
        if (at % 4 !== 0) continue;
        const state = ended.outputs.state.path;
        const again = await loadOnce(
          {
            ...of,
            token: "sha256:again",
            before: { state, ...(table === undefined ? {} : { table }) },
            directory: join(project, "again"),
          },
          () => {},
        );
        expect(again.outputs.report?.json()).toMatchObject({ written: 0, deleted: 0 });
        expect(await rowsOf(of, again.outputs.table?.path)).toEqual(expected);
      }
      expect(new Set(places)).toEqual(
        new Set([
          "read",
          "plan",
          "plan-kept",
          "slice",
          "slice-written",
          "slice-staged",
          "apply",
          ...(target === "parquet" ? ["applied"] : ["commit", "committed"]),
          "clear",
          "cleared",
        ]),
      );
      if (target === "postgres") await dropAll();
    }, 240_000);
  });
});

type Before = NonNullable<OnceOf["before"]>;

async function firstLoad(project: string, target: OnceOf["target"]): Promise<Before> {
  mkdirSync(project);
  using shop = new DatabaseSync(join(project, "shop.sqlite"));
  shop.exec(FIRST);
  if (target === "postgres") await dropAll();
  const first = await loadOnce({ ...onceOf(project, target), directory: join(project, "first") }, () => {});
  if (first.error !== undefined) throw first.error;
  shop.exec(THEN);
  const table = first.outputs.table?.path;
  return { state: first.outputs.state.path, ...(table === undefined ? {} : { table }) };
}

/** Each project has a table of its own in a database that they share. */
function onceOf(project: string, target: OnceOf["target"]): OnceOf {
  const table = target === "postgres" ? tableOf(project) : "goods";
  return { project, target, table, token: "sha256:first", url: URL_OF_TEST ?? "", directory: project };
}

function tableOf(project: string): string {
  return `killed_${project.split("/").at(-1)!.replace("-", "_")}`;
}

function moved({ state, table }: Before, from: string, to: string): Before {
  return { state: state.replace(from, to), ...(table === undefined ? {} : { table: table.replace(from, to) }) };
}

async function rowsOf({ project, target, table }: OnceOf, files: string | undefined) {
  const query = (from: string) => `SELECT ${COLUMNS} FROM ${from} ORDER BY id`;
  if (target === "sqlite") return sqliteRows(join(project, "target.sqlite"), query(table));
  if (target === "parquet") return duckRows(query(`read_parquet('${files}/*.parquet')`));
  return postgres(query(table));
}

/** The table as the first load left it, and what the target remembers of it. */
async function clone(from: string, to: string): Promise<void> {
  await postgres(`CREATE TABLE ${to} (LIKE ${from} INCLUDING ALL)`);
  await postgres(`INSERT INTO ${to} SELECT * FROM ${from}`);
  const labels = `'"public"."${to}"', source, token, replace(memory, '${from}', '${to}')`;
  await postgres(
    `INSERT INTO orchestrate_ingest SELECT ${labels} FROM orchestrate_ingest WHERE target = '"public"."${from}"'`,
  );
}

async function dropAll(): Promise<void> {
  const tables = await postgres("SELECT tablename FROM pg_tables WHERE tablename LIKE 'killed\\_%'");
  await postgres(`DROP TABLE IF EXISTS ${["orchestrate_ingest", ...tables.flat()].join(", ")}`);
}

async function postgres(sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const client = new Client({ connectionString: URL_OF_TEST });
  await client.connect();
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
  await client.end();
  return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
}
