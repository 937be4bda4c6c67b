import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "@orchestrate/sdk";
import { FakeClock } from "@orchestrate/sdk/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { volume } from "../fixtures/gateway-rig.ts";
import type { Emitter } from "../gateway.ts";
import { metadataError } from "../metadata-error.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { Delivery } from "./delivery.ts";
import { LateEmitter } from "./late-emitter.ts";
import { Outbox } from "./outbox.ts";

let directory: string;
let outbox: Outbox;
let warnings: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "orchestrate-delivery-"));
  outbox = new Outbox(join(directory, "outbox.sqlite"), { records: 4, bytes: 1 << 20 });
  warnings = [];
});
afterEach(() => {
  outbox.close();
  rmSync(directory, { recursive: true });
});

const never = new AbortController().signal;
const atOnce = AbortSignal.abort();
const log: Log = { debug() {}, info() {}, error() {}, warn: (message) => void warnings.push(message) };
const numbers = (records: readonly MetadataRecord[]) => records.map(({ payload }) => payload.rows);
const volumes = (...of: readonly number[]) => of.map((number) => volume(number));

/** A gateway that takes a batch when the test lets it, or fails with what the test says. */
class HeldGateway implements Emitter {
  readonly taken: (readonly unknown[])[] = [];
  readonly #asked: { records: readonly MetadataRecord[]; answer(error?: unknown): void }[] = [];
  #arrived = () => {};

  emit = (record: MetadataRecord) => this.emitMany([record]);

  emitMany(records: readonly MetadataRecord[]) {
    return new Promise<{ stored: number; known: number; expired: number }>((resolve, reject) => {
      const answer = (error?: unknown) => {
        if (error !== undefined) return reject(error);
        this.taken.push(numbers(records));
        resolve({ stored: records.length, known: 0, expired: 0 });
      };
      this.#asked.push({ records, answer });
      this.#arrived();
    });
  }

  async asked() {
    while (this.#asked.length === 0) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    return this.#asked.shift()!;
  }
}

function started(
  gateway: Emitter,
  clock = new FakeClock({ sleeps: "held" }),
): { delivery: Delivery; clock: FakeClock } {
  return { delivery: new Delivery({ outbox, gateway, clock, random: () => 1, log, reach: () => {} }), clock };
}

/** Resolves once so many sleeps wait. */
async function sleeping(clock: FakeClock): Promise<void> {
  while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe("delivery", () => {
  it("sends what is put, in order, while more is put", async () => {
    const gateway = new HeldGateway();
    const { delivery } = started(gateway);
    await delivery.put(volumes(1, 2), never);
    const first = await gateway.asked();
    await delivery.put(volumes(3), never);
    first.answer();
    (await gateway.asked()).answer();
    await delivery.finish(never);
    expect(gateway.taken).toEqual([[1, 2], [3]]);
    expect(outbox.counts()).toEqual({ waiting: 0, rejected: 0 });
  });

  it("waits for room where the outbox is full, and gives up when it is told to", async () => {
    const gateway = new HeldGateway();
    const { delivery } = started(gateway);
    await delivery.put(volumes(1, 2, 3), never);
    const held = await gateway.asked();
    await expect(delivery.put(volumes(4, 5), atOnce)).rejects.toMatchObject({ code: "metadata-outbox-full" });
    const put = delivery.put(volumes(4, 5), never);
    expect(outbox.counts().waiting).toBe(3);
    held.answer();
    await put;
    (await gateway.asked()).answer();
    await delivery.finish(never);
    expect(gateway.taken).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it("tries again where the gateway is away, after ever longer waits", async () => {
    const gateway = new HeldGateway();
    const { delivery, clock } = started(gateway);
    await delivery.put(volumes(1), never);
    const away = metadataError("metadata-unreachable", "It is away.", "Wait.");
    for (const wait of [100, 200, 400]) {
      (await gateway.asked()).answer(away);
      await sleeping(clock);
      clock.advance(wait - 1);
      expect(clock.waiting).toBe(1);
      clock.advance(1);
    }
    (await gateway.asked()).answer();
    // Once it has taken something, the waits begin anew.
    await delivery.put(volumes(2), never);
    (await gateway.asked()).answer(away);
    await sleeping(clock);
    clock.advance(100);
    (await gateway.asked()).answer();
    await delivery.finish(never);
    expect(gateway.taken).toEqual([[1], [2]]);
    expect(warnings).toEqual(Array(4).fill("The metadata gateway took nothing: It is away. Wait."));
  });

  it("leaves in the outbox what could not be sent in time", async () => {
    const gateway = new HeldGateway();
    const { delivery, clock } = started(gateway);
    await delivery.put(volumes(1), never);
    (await gateway.asked()).answer(new TypeError("a fault"));
    await sleeping(clock);
    await delivery.finish(atOnce);
    expect(outbox.counts()).toEqual({ waiting: 1, rejected: 0 });
  });

  it("sets nothing aside where the gateway can't be opened, whatever the reason", async () => {
    const unset = metadataError("metadata-secret-unset", "It needs TOKEN, which is not given.", "Set TOKEN.");
    const gateway = new LateEmitter(() => Promise.reject(unset));
    const { delivery, clock } = started(gateway);
    await delivery.put(volumes(1, 2), never);
    await sleeping(clock);
    await delivery.finish(atOnce);
    expect(outbox.counts()).toEqual({ waiting: 2, rejected: 0 });
    expect(warnings).toEqual(["The metadata gateway took nothing: It needs TOKEN, which is not given. Set TOKEN."]);
  });

  it.each([
    "metadata-kind-unknown",
    "metadata-record-invalid",
    "metadata-key-conflict",
    // Of a record that is larger than a service takes.
    "metadata-query-invalid",
  ] as const)("sets aside the one record that is refused with %s, and sends those around it", async (code) => {
    const refused = metadataError(code, "It is refused.", "Mend it.");
    const taken: unknown[] = [];
    const emitMany = async (records: readonly MetadataRecord[]) => {
      if (numbers(records).includes(3)) throw refused;
      taken.push(...numbers(records));
      return { stored: records.length, known: 0, expired: 0 };
    };
    const { delivery } = started({ emit: (record) => emitMany([record]), emitMany });
    await delivery.put(volumes(1, 2, 3, 4), never);
    await delivery.finish(never);
    expect(taken).toEqual([1, 2, 4]);
    expect(outbox.rejected()).toEqual([{ record: volume(3), error: refused.toEnvelope() }]);
    expect(outbox.counts()).toEqual({ waiting: 0, rejected: 1 });
  });
});
