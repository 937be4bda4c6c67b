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

/** How a killed load is gone on from: by another attempt, which has its token, or by a new run. */
const WAYS = { resumed: "sha256:killed", "begun anew": "sha256:new" } as const;

// Every second point is gone on from in one way, the others in the other; for SQLite all are in both.
const TARGETS = [
  { target: "sqlite", ways: (_: number) => ["resumed", "begun anew"] as const },
  { target: "parquet", ways: (at: number) => [at % 2 === 0 ? "resumed" : "begun anew"] as const },
  { target: "postgres", ways: (at: number) => [at % 2 === 0 ? "begun anew" : "resumed"] as const },
] as const;

/** Each test takes the points from one of these numbers on, by as many as there are. */
const SHARES = [1, 2, 3];

describe.each(TARGETS)("a load into $target that is killed at each of its points", ({ target, ways }) => {
  const test = it.skipIf(target === "postgres" && URL_OF_TEST === undefined).each(SHARES);
  test(`ends with the source's rows, and changes nothing when it is run again: every third point from %i on`, async (share) => {
    const start = join(root, "start");
    const before = await firstLoad(start, target);
    const copyOf = async (from: string, name: string) => {
      const project = join(root, name);
      cpSync(from, project, { recursive: true });
      const of = { ...onceOf(project, target), before: moved(before, start, project), token: WAYS.resumed };
      if (target === "postgres") await clone(tableOf(from), of.table);
      return of;
    };
    const places = pointsOf(await copyOf(start, "undisturbed"));
    expect(new Set(places)).toEqual(new Set([...POINTS, ...POINTS_OF_TARGET[target]]));
    for (let at = share; at <= places.length; at += SHARES.length) {
      const place = `after a kill at ${places[at - 1]}`;
      const killed = await copyOf(start, `killed-${at}`);
      expect(run(killed, at), place).toMatchObject({ signal: "SIGKILL", places: places.slice(0, at) });
      for (const [number, way] of ways(at).entries()) {
        // The last one goes on where it was killed, the one before it in a copy.
        const isLast = number === ways(at).length - 1;
        const of = isLast ? killed : await copyOf(killed.project, `killed-${at}-copied`);
        const ended = await loadOnce({ ...of, token: WAYS[way], directory: join(of.project, "after") }, () => {});
        expect(ended.error, place).toBeUndefined();
        const table = ended.outputs.table?.path;
        const expected = sqliteRows(join(of.project, "shop.sqlite"), `SELECT ${COLUMNS} FROM goods ORDER BY id`);
        expect(await rowsOf(of, table), place).toEqual(expected);
        expect(readdirSync(join(of.project, ".orchestrate/staging")), place).toEqual([]);
        if (at % 4 !== 0) continue;
        const state = ended.outputs.state.path;
        const again = await loadOnce(
          {
            ...of,
            token: "sha256:again",
            before: { state, ...(table === undefined ? {} : { table }) },
            directory: join(of.project, "again"),
          },
          () => {},
        );
        expect(again.outputs.report?.json()).toMatchObject({ written: 0, deleted: 0 });
        expect(await rowsOf(of, again.outputs.table?.path)).toEqual(expected);
      }
    }
    if (target === "postgres") await dropAll();
  });
});

const POINTS = ["read", "plan", "plan-kept", "slice", "slice-written", "slice-staged", "apply", "clear", "cleared"];
const POINTS_OF_TARGET = {
  sqlite: ["commit", "committed"],
  parquet: ["applied"],
  postgres: ["commit", "committed"],
} as const;

/** The points that a load passes in a process that is not killed. */
function pointsOf(of: OnceOf): readonly string[] {
  const { status, places } = run(of, 0);
  expect(status).toBe(0);
  return places;
}

/** A load in a process that dies at the point of that number. */
function run(of: OnceOf, at: number) {
  const work = JSON.stringify({ ...of, directory: join(of.project, "killed"), at });
  const { status, signal, stdout } = spawnSync(process.execPath, [SCRIPT, work], { encoding: "utf8" });
  return { status, signal, places: stdout.trim().split("\n") };
}

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
