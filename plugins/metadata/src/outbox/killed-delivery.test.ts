import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DeliveryRig, localGateway, signalOf, startProgram } from "../fixtures/delivery-rig.ts";
import { drawnCase } from "../fixtures/drawn-case.ts";
import { execute, SERVER } from "../fixtures/postgresql-rig.ts";
import type { GatewayOptions } from "../options.ts";
import { PROTOCOL_POINTS, type ProtocolPoint } from "../reach.ts";

/** Kills the process that delivers at a point, and delivers the rest with another one. */
async function killedAt(point: ProtocolPoint, seed: string, optionsIn: (rig: DeliveryRig) => GatewayOptions) {
  using rig = new DeliveryRig(drawnCase(seed));
  const options = optionsIn(rig);
  const { batch, time } = rig.drawn;
  const order = { outbox: rig.outbox.file, gateway: options, batch, fatal: { point, time } };
  expect(await signalOf(startProgram("deliver-and-die", order))).toBe("SIGKILL");
  const gateway = await localGateway(options);
  try {
    await rig.deliverTo(gateway);
    await rig.expectDelivered(gateway);
  } finally {
    await gateway.close();
  }
}

describe("delivery to an embedded gateway loses and doubles nothing when it is killed at", () => {
  it.each(PROTOCOL_POINTS)("%s", (point) =>
    killedAt(point, `embedded ${point}`, (rig) => ({ use: "embedded", file: rig.path("metadata.sqlite") })),
  );
});

describe.skipIf(SERVER === undefined)(
  "delivery to PostgreSQL (left out without ORCHESTRATE_TEST_POSTGRES) loses and doubles nothing when it is killed at",
  () => {
    it.each(PROTOCOL_POINTS)("%s", async (point) => {
      const schema = `test_${randomBytes(6).toString("hex")}`;
      await killedAt(point, `postgresql ${point}`, () => ({ use: "postgresql", url: SERVER ?? "", schema }));
      await execute(`DROP SCHEMA ${schema} CASCADE`);
    });
  },
);
