import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { embeddedRig } from "../fixtures/embedded-rig.ts";
import { volume } from "../fixtures/gateway-rig.ts";
import { writeRun } from "../fixtures/written-run.ts";
import { metadataError } from "../metadata-error.ts";
import { rebuild } from "./rebuild.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "orchestrate-rebuild-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it("gives the gateway all but what it refuses, which is named", async () => {
  writeRun(join(directory, "r2"), [volume(1), volume(2, { kind: "nonsense" }), volume(3)]);
  await using rig = await embeddedRig();
  expect(await rebuild(directory, rig.gateway)).toEqual({
    runs: 1,
    stored: 5,
    known: 0,
    expired: 0,
    unreadable: [],
    refused: ['volume-2: The gateway knows no kind "nonsense".'],
  });
  expect((await rig.gateway.history("shop/orders")).map(({ key }) => key)).toEqual(["volume-3", "volume-1"]);
});

it("ends where the gateway is away", async () => {
  writeRun(join(directory, "r2"), [volume(1)]);
  const away = metadataError("metadata-unreachable", "It is away.", "Wait.");
  await using rig = await embeddedRig();
  const gateway = { ...rig.gateway, emitMany: () => Promise.reject(away) };
  await expect(rebuild(directory, gateway)).rejects.toBe(away);
});
