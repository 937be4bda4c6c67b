import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { digestBytes } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { newRunsDir } from "./fixtures/made-run.ts";
import type { Index } from "./index-port.ts";
import { openIndex } from "./open-index.ts";

describe("what is kept", () => {
  it("gives back contracts, configs, code and sources, written or not", () => {
    const runsDir = newRunsDir();
    const [code, raw] = [digestBytes("code"), digestBytes("raw")];
    const config = { json: '{"a":1}', digest: digestBytes("parsed") };
    const known = { code, files: { "a/b.js": code }, stamps: [{ path: "/a", stat: null }] };
    const source = { digest: raw, form: "file", stats: [[".", 1, 2.5, 3.25, 4]] } as const;
    const check = (index: Index) => {
      expect(index.contract(code)).toEqual({ summary: "s" });
      expect(index.config(code, raw)).toEqual(config);
      expect(index.code("entry")).toEqual(known);
      expect(index.source("/data")).toEqual(source);
      expect([index.contract(raw), index.config(raw, code), index.code("x"), index.source("/x")]).toEqual(
        Array(4).fill(undefined),
      );
    };
    const index = openIndex(runsDir);
    index.putContract(code, { summary: "s" });
    index.putConfig(code, raw, config);
    index.putCode("entry", known);
    index.putSource("/data", source);
    check(index);
    index.close();
    const again = openIndex(runsDir);
    check(again);
    again.close();
  });

  it("keeps what can't be written while another process writes, and writes it later", () => {
    const runsDir = newRunsDir();
    const index = openIndex(runsDir, { busyMs: 0 });
    const other = new DatabaseSync(join(runsDir, ".index.sqlite"));
    other.exec("BEGIN IMMEDIATE");
    index.putContract(digestBytes("a"), 1);
    index.flush();
    expect(index.contract(digestBytes("a"))).toBe(1);
    other.exec("COMMIT");
    other.close();
    index.close();
    const again = openIndex(runsDir);
    expect(again.contract(digestBytes("a"))).toBe(1);
    again.close();
  });
});
