import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sampleDocument, sampleManifest } from "./fixtures/sample.ts";
import { jsonSchemas } from "./json-schemas.ts";

/** Reads a published schema back, as a tool in another language would. */
function published(name: string): z.ZodType {
  return z.fromJSONSchema(jsonSchemas()[name] as Parameters<typeof z.fromJSONSchema>[0]);
}

describe("jsonSchemas", () => {
  it("publishes every format", () => {
    expect(Object.keys(jsonSchemas())).toEqual([
      "orchestrate.manifest/1",
      "orchestrate.run-manifest/1",
      "orchestrate.run/1",
      "orchestrate.event/1",
    ]);
  });

  it("accepts what this package writes, and refuses what it would not", () => {
    const manifest = { ...sampleManifest(), outputs: {}, finished: "2026-11-21T20:43:00.000Z" };
    const schema = published("orchestrate.manifest/1");
    expect(schema.safeParse(manifest).success).toBe(true);
    expect(schema.safeParse({ ...manifest, extra: 1 }).success).toBe(false);
    expect(schema.safeParse({ ...manifest, attempt: 0 }).success).toBe(false);
    expect(published("orchestrate.run/1").safeParse(sampleDocument()).success).toBe(true);
  });
});
