import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { describeGateway } from "../fixtures/describe-gateway.ts";
import { embeddedRig } from "../fixtures/embedded-rig.ts";
import { surroundings } from "../fixtures/gateway-rig.ts";
import { EmbeddedGateway } from "./embedded-gateway.ts";

const place = mkdtempSync(join(tmpdir(), "orchestrate-metadata-"));
afterAll(() => rmSync(place, { recursive: true }));

describe("the embedded gateway", () => describeGateway(embeddedRig));

describe("its file", () => {
  it("syncs its log at every commit", async () => {
    const file = join(place, "made/where/needed.sqlite");
    const gateway = new EmbeddedGateway(file, surroundings());
    using database = new DatabaseSync(file);
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    await gateway.close();
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
