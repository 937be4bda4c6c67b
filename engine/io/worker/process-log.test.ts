import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { maskSecrets } from "@orchestrate/sdk/runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProcessLog } from "./process-log.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "process-log-"));
});
afterEach(() => rmSync(place, { recursive: true }));

describe("the log of an attempt", () => {
  it("masks a secret wherever a line holds it, also one that JSON writes differently", () => {
    const path = join(place, "log.ndjson");
    const log = new ProcessLog(path, { attempt: 2 }, maskSecrets({ TOKEN: 'a"b\\ü', PEM: "first line\nsecond line" }));
    log.asLog().warn('it is a"b\\ü', { nested: ["second line"] });
    log.close();
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
      attempt: 2,
      level: "warn",
      message: "it is ***",
      fields: { nested: ["***"] },
    });
  });

  it("masks names of fields, and leaves the line's own words alone", () => {
    const path = join(place, "log.ndjson");
    const log = new ProcessLog(path, { attempt: 1 }, maskSecrets({ TOKEN: "hush", WORD: "log", NAME: "message" }));
    log.asLog().info("said", { hush: { "by hush": 1, time: "hush" }, list: [{ hush: true }], at: new Date(0) });
    log.close();
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
      stream: "log",
      message: "said",
      fields: { "***": { "by ***": 1, time: "***" }, list: [{ "***": true }], at: "1970-01-01T00:00:00.000Z" },
    });
    expect(readFileSync(path, "utf8")).not.toContain("hush");
  });

  it("drops what comes after its end", () => {
    const path = join(place, "log.ndjson");
    const log = new ProcessLog(path, { attempt: 1 }, (text) => text);
    log.close();
    log.asLog().info("late");
    expect(existsSync(path)).toBe(false);
  });
});
