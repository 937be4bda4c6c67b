import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NdjsonJournal } from "./ndjson-journal.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "ndjson-journal-"));
});
afterEach(() => rmSync(place, { recursive: true }));

const finished = { type: "run-finished", outcome: "succeeded", run_hash: null } as const;
const open = () =>
  new NdjsonJournal({ path: join(place, "events.ndjson"), now: () => 0, follow: () => {}, beforePoint: () => {} });
const text = () => readFileSync(join(place, "events.ndjson"), "utf8");

describe("a journal", () => {
  it("closes the line that a kill cut short", () => {
    writeFileSync(join(place, "events.ndjson"), '{"v":1,"ty');
    const journal = open();
    journal.append(finished);
    journal.close();
    expect(text().split("\n").slice(1)).toEqual([
      JSON.stringify({ v: 1, time: "1970-01-01T00:00:00.000Z", ...finished }),
      "",
    ]);
  });

  it("goes on where it is larger than what is read at once", () => {
    const path = join(place, "events.ndjson");
    writeFileSync(path, "");
    truncateSync(path, 3 * 2 ** 30);
    const journal = open();
    journal.append(finished);
    journal.close();
    const line = `\n${JSON.stringify({ v: 1, time: "1970-01-01T00:00:00.000Z", ...finished })}\n`;
    expect(statSync(path).size).toBe(3 * 2 ** 30 + line.length);
  });

  it("writes nothing once it is closed, whoever has its descriptor then", () => {
    const journal = open();
    journal.close();
    const other = openSync(join(place, "other"), "w");
    journal.append(finished);
    closeSync(other);
    expect([text(), readFileSync(join(place, "other"), "utf8")]).toEqual(["", ""]);
  });
});
