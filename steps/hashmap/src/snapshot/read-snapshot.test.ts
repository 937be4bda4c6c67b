import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createMap } from "../map/create-map.ts";
import { MapOptions } from "../map/map-options.ts";
import { encodeSnapshot } from "./encode-snapshot.ts";
import { mapPayload } from "./map-payload.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { encodeHeader } from "./snapshot-header.ts";
import { payloadEntries } from "./snapshot-payload.ts";

const directory = mkdtempSync(join(tmpdir(), "read-snapshot-"));
afterAll(() => rmSync(directory, { recursive: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

describe("readSnapshot", () => {
  it("reads what takes several pieces", async () => {
    const options = MapOptions.parse({});
    const map = createMap(options, 1);
    const value = (index: number) => Buffer.alloc(100_000, index);
    for (let index = 0; index < 100; index++) map.put(Buffer.from(`K${index}`), value(index));
    const path = written("large", encodeSnapshot(mapPayload(map, options), "none"));
    const { payload } = await readSnapshot(path, 2 ** 28);
    const found = new Map([...payloadEntries(payload)].map(([key, held]) => [Buffer.from(key).toString(), held]));
    expect(found.size).toBe(100);
    for (let index = 0; index < 100; index++) expect(value(index).equals(found.get(`K${index}`)!)).toBe(true);
  });

  it("refuses what is too large by its size, before it is read", async () => {
    const gigabytes = 5 * 2 ** 30;
    const header = { compression: "gzip", payloadBytes: gigabytes, unpackedBytes: 10 } as const;
    const path = written("huge", encodeHeader(header));
    truncateSync(path, 62 + gigabytes);
    await expect(readSnapshot(path, 1_000_000)).rejects.toMatchObject({
      code: "snapshot-too-large",
      category: "policy",
      detail: "The snapshot has 5368709120 bytes, more than 1000000.",
    });
  });

  it.each([
    ["is empty", "", "The snapshot has 0 bytes, less than a header."],
    ["is something else", "op,key,value\n", "The snapshot does not begin with ADHSNAP1."],
  ])("refuses what %s", async (_, text, detail) => {
    const error = { code: "snapshot-damaged", category: "invariant", detail };
    await expect(readSnapshot(written("other", Buffer.from(text)), 1)).rejects.toMatchObject(error);
  });
});
