import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as schema from "./schema.ts";

const names = ["pipeline", "profile", "plugins", "plugin", "manifest", "run-manifest", "run", "event"];

describe("schema", () => {
  it("lists the names", async () => {
    expect((await call(schema, freshDirectory())).stdout.split("\n")).toEqual(names);
    expect(JSON.parse((await call(schema, freshDirectory(), [], { json: true })).stdout)).toEqual({ schemas: names });
  });

  it.each(names)("prints %s as a JSON Schema", async (name) => {
    const { status, stdout } = await call(schema, freshDirectory(), [name]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
  });

  it("knows a format by what documents say of themselves", async () => {
    const [short, long] = [["manifest"], ["orchestrate.manifest/1"]];
    expect((await call(schema, freshDirectory(), long)).stdout).toBe(
      (await call(schema, freshDirectory(), short)).stdout,
    );
  });

  it("suggests the nearest name", async () => {
    const { status, stderr } = await call(schema, freshDirectory(), ["manfest"], { json: true });
    expect([status, JSON.parse(stderr)]).toEqual([
      2,
      { error: "schema-not-found", detail: 'There is no schema "manfest".', hint: 'Did you mean "manifest"?' },
    ]);
  });
});
