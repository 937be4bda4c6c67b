import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { newRunsDir } from "./fixtures/made-run.ts";
import { schema, schemaVersion } from "./schema.ts";
import { Store } from "./store.ts";

const insert = "INSERT INTO runs VALUES (?, 'p', NULL, 'now', 0, NULL, 0, NULL, '{}')";

function write(store: Store, run: string): void {
  store.transaction(() => {
    store.run(insert, run);
  });
}

function runsIn(file: string): readonly unknown[] {
  const store = new Store(file, 2_000);
  const runs = store.all("SELECT run FROM runs ORDER BY run").map(([run]) => run);
  store.close();
  return runs;
}

describe("an index that another engine is just making", () => {
  it("is left to it: this one's lives in memory", () => {
    const file = join(newRunsDir(), ".index.sqlite");
    const other = new DatabaseSync(file);
    other.exec(`PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; ${schema}`);
    const store = new Store(file, 0);
    write(store, "mine");
    expect(store.all("SELECT run FROM runs")).toEqual([["mine"]]);
    store.close();
    other.exec(`INSERT INTO runs VALUES ('its', 'p', NULL, 'now', 0, NULL, 0, NULL, '{}')`);
    other.exec(`PRAGMA user_version = ${schemaVersion}; COMMIT`);
    other.close();
    expect(runsIn(file)).toEqual(["its"]);
  });

  it("is whole after several processes made it at once", async () => {
    const file = join(newRunsDir(), ".index.sqlite");
    const program = fileURLToPath(new URL("fixtures/write-one-run.ts", import.meta.url));
    const names = ["a", "b", "c", "d"];
    const engines = names.map((name) =>
      spawn(process.execPath, [program, file, name], { stdio: ["pipe", "pipe", "inherit"] }),
    );
    const exits = engines.map((engine) => once(engine, "exit"));
    await Promise.all(engines.map(({ stdout }) => once(stdout, "data")));
    for (const { stdin } of engines) stdin.write("go\n");
    await Promise.all(engines.map(({ stdout }) => once(stdout, "data")));
    for (const { stdin } of engines) stdin.end();
    expect((await Promise.all(exits)).map(([status]) => status)).toEqual([0, 0, 0, 0]);
    const kept = runsIn(file);
    expect(kept.length).toBeGreaterThan(0);
    expect(names).toEqual(expect.arrayContaining([...kept]));
  });
});

describe("an index of another version", () => {
  it("is made anew", () => {
    const file = join(newRunsDir(), ".index.sqlite");
    const older = new DatabaseSync(file);
    older.exec("PRAGMA journal_mode = WAL; CREATE TABLE old (a); PRAGMA user_version = 99");
    older.close();
    const store = new Store(file, 0);
    write(store, "mine");
    store.close();
    expect(runsIn(file)).toEqual(["mine"]);
  });

  it("stays while another process has it open", () => {
    const file = join(newRunsDir(), ".index.sqlite");
    const older = new DatabaseSync(file);
    older.exec("PRAGMA journal_mode = WAL; CREATE TABLE old (a); PRAGMA user_version = 99");
    const store = new Store(file, 0);
    write(store, "mine");
    store.close();
    older.exec("INSERT INTO old VALUES (1)");
    older.close();
    const again = new DatabaseSync(file);
    expect(again.prepare("SELECT a FROM old").all()).toEqual([{ a: 1 }]);
    again.close();
  });
});

describe("a damaged index", () => {
  it("is made anew where nothing of it can be read", () => {
    const file = join(newRunsDir(), ".index.sqlite");
    writeFileSync(file, "no database".repeat(100));
    const store = new Store(file, 0);
    write(store, "mine");
    store.close();
    expect(runsIn(file)).toEqual(["mine"]);
  });

  it("is deleted at the end where it breaks in use, unless another process has it open", () => {
    const file = join(newRunsDir(), ".index.sqlite");
    const [first, second] = [new Store(file, 0), new Store(file, 0)];
    const size = readFileSync(file).length;
    for (const store of [first, second]) expect(store.all("SELECT nothing FROM nowhere")).toEqual([]);
    first.close();
    expect([existsSync(file), readFileSync(file).length >= size]).toEqual([true, true]);
    second.close();
    expect(existsSync(file)).toBe(false);
  });
});
