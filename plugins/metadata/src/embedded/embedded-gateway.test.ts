import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { describeGateway } from "../fixtures/describe-gateway.ts";
import { embeddedRig } from "../fixtures/embedded-rig.ts";
import { surroundings } from "../fixtures/gateway-rig.ts";
import { EmbeddedGateway } from "./embedded-gateway.ts";

const place = mkdtempSync(join(tmpdir(), "orchestrate-metadata-"));
afterAll(() => rmSync(place, { recursive: true }));

const traceable = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;

describe("the embedded gateway", () => describeGateway(embeddedRig));

describe("its file", () => {
  it("is made where it is named", async () => {
    const file = join(place, "made/where/needed.sqlite");
    const gateway = new EmbeddedGateway(file, surroundings());
    using database = new DatabaseSync(file);
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    await gateway.close();
  });

  it.skipIf(!traceable)("is synced by every commit before it is acknowledged (needs strace)", () => {
    const file = join(place, "synced.sqlite");
    const trace = join(place, "trace");
    const program = fileURLToPath(new URL("../fixtures/emit-once.ts", import.meta.url));
    const calls = "trace=pwrite64,fsync,fdatasync";
    spawnSync("strace", ["-f", "-y", "-e", calls, "-o", trace, process.execPath, program, file]);
    const log = readFileSync(trace, "utf8")
      .split("\n")
      .filter((line) => line.includes("synced.sqlite-wal"));
    const kinds = log.map((line) => (line.includes("pwrite64(") ? "write" : "sync"));
    // The tables, and two batches: each is written, and then synced.
    expect(kinds.join(" ").match(/(?:write )+sync/g)?.length).toBeGreaterThanOrEqual(3);
    expect(kinds.at(-1)).toBe("sync");
  });

  it("of a newer version is left alone", () => {
    const file = join(place, "newer.sqlite");
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 7");
    database.close();
    expect(() => new EmbeddedGateway(file, surroundings())).toThrow(
      /newer\.sqlite has version 7 of its tables; this package knows version 1\./,
    );
  });

  it("that is no database is said to be unreachable", () => {
    const file = join(place, "notes.txt");
    writeFileSync(file, "these are notes and no database at all, though long enough to be taken for one");
    expect(() => new EmbeddedGateway(file, surroundings())).toThrow(
      expect.objectContaining({
        code: "metadata-unreachable",
        category: "io",
        detail: expect.stringMatching(/notes\.txt can't be read or written: file is not a database/),
      }),
    );
  });
});
