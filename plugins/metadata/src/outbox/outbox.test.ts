import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { volume } from "../fixtures/gateway-rig.ts";
import { Outbox } from "./outbox.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "orchestrate-outbox-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const opened = (limits?: { records: number; bytes: number }) => new Outbox(join(directory, "outbox.sqlite"), limits);
const volumes = (...numbers: readonly number[]) => numbers.map((number) => volume(number));

it("gives what was put in its order, to whoever opens it, until it is deleted", () => {
  const outbox = opened();
  outbox.put(volumes(1, 2, 3));
  outbox.close();
  const again = opened();
  again.put(volumes(4));
  const batch = again.next(3);
  expect(batch.map(({ record }) => record)).toEqual(volumes(1, 2, 3));
  again.delete(batch);
  expect(again.next(3).map(({ record }) => record)).toEqual(volumes(4));
  expect(again.counts()).toEqual({ waiting: 1, rejected: 0 });
  again.close();
});

it("gives fewer at once where they are large, and one however large it is", () => {
  const outbox = opened();
  const large = volumes(1, 2, 3).map((record) => ({ ...record, payload: { rows: 1, note: "x".repeat(3 << 20) } }));
  outbox.put(large);
  expect(outbox.next(1_000).length).toBe(1);
  outbox.close();
});

it("has room again for the bytes and records that were taken, though others still wait", () => {
  const [one] = volumes(1);
  const size = JSON.stringify(one).length;
  for (const limits of [
    { records: 100, bytes: 2 * size },
    { records: 2, bytes: 1 << 20 },
  ]) {
    const outbox = new Outbox(join(directory, `${limits.records}.sqlite`), limits);
    outbox.put(volumes(1, 2));
    for (const next of [3, 4, 5]) {
      expect(outbox.hasRoom(volumes(next))).toBe(false);
      outbox.delete(outbox.next(1));
      outbox.put(volumes(next));
    }
    outbox.close();
  }
});

it("takes no more than it may hold, and says what to do", () => {
  const outbox = opened({ records: 3, bytes: 1 << 20 });
  outbox.put(volumes(1, 2));
  expect(outbox.hasRoom(volumes(3))).toBe(true);
  expect(outbox.hasRoom(volumes(3, 4))).toBe(false);
  expect(() => outbox.put(volumes(3, 4))).toThrow(
    expect.objectContaining({
      code: "metadata-outbox-full",
      category: "io",
      detail: `The outbox ${join(directory, "outbox.sqlite")} holds 2 records that the gateway has not taken, and takes no more.`,
    }),
  );
  expect(outbox.counts().waiting).toBe(2);
  outbox.close();
});

it("counts bytes as well, and takes a batch larger than itself when it is empty", () => {
  const outbox = opened({ records: 100, bytes: 10 });
  outbox.put(volumes(1, 2));
  expect(outbox.hasRoom(volumes(3))).toBe(false);
  outbox.delete(outbox.next(2));
  expect(outbox.hasRoom(volumes(3))).toBe(true);
  outbox.close();
});
