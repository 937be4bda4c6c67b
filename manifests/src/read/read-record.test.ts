import { describe, expect, it } from "vitest";
import { digestBytes } from "../digest/digest-bytes.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { place, sampleDocument, sampleManifest } from "../fixtures/sample.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { readPhaseManifest, readRunDocument, readRunManifest } from "./read-record.ts";

const whole = { ...sampleManifest(), outputs: {}, finished: "2026-11-21T20:43:00.000Z" };

function written(text: string | object): string {
  const path = `${freshDirectory()}/record.json`;
  place(path, typeof text === "string" ? text : JSON.stringify(text));
  return path;
}

describe("readPhaseManifest", () => {
  it("gives the manifest and its file's digest", () => {
    const text = JSON.stringify(whole);
    expect(readPhaseManifest(written(text))).toEqual({ manifest: whole, digest: digestBytes(text) });
  });

  it.each<[string, string | object, string]>([
    ["no JSON", "{", "it is not JSON (Expected property name"],
    ["no JSON, on two lines", "nope\n", `it is not JSON (Unexpected token 'o', "nope " is not valid JSON).`],
    ["a wrong type", { ...whole, attempt: "1" }, "attempt: Invalid input: expected number, received string."],
    [
      "a digest that is none",
      { ...whole, fingerprint: { digest: "sha256:x", parts: {} } },
      "fingerprint.digest: Invalid string: must match pattern",
    ],
    ["an unknown key", { ...whole, extra: 1 }, 'the document: Unrecognized key: "extra".'],
    ["a newer version", { ...whole, schema: "orchestrate.manifest/2" }, 'schema: Invalid input: expected "orchestrate'],
  ])("names file and field of %s", async (_name, text, words) => {
    const path = written(text);
    const error = await thrownBy(() => readPhaseManifest(path));
    expect(error).toMatchObject({ code: "manifest-unreadable", category: "invariant" });
    expect(error.detail).toContain(`${path} can't be read: ${words}`);
    expect(error.hint).toContain("Restore it, or start a new run.");
  });

  it("says what is not there", async () => {
    expect((await thrownBy(() => readPhaseManifest("/nowhere/manifest.json"))).code).toBe("not-found");
  });
});

describe("readRunDocument and readRunManifest", () => {
  it("refuse each other's file", async () => {
    const path = written(sampleDocument());
    expect(readRunDocument(path).document).toEqual(sampleDocument());
    expect((await thrownBy(() => readRunManifest(path))).detail).toContain("schema: Invalid input");
  });
});
