import fc from "fast-check";
import { expect, it } from "vitest";
import { EmbeddedGateway } from "../embedded/embedded-gateway.ts";
import { DeliveryRig } from "../fixtures/delivery-rig.ts";
import { surroundings, volume } from "../fixtures/gateway-rig.ts";
import { PROTOCOL_POINTS, type ProtocolPoint } from "../reach.ts";
import { deliver } from "./deliver.ts";

/** What happens in turn: records are put, or someone delivers until it breaks off at a point. */
const anyTurn = fc.oneof(
  fc.record({ put: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ breakAt: fc.constantFrom(...PROTOCOL_POINTS), time: fc.integer({ min: 1, max: 3 }) }),
);

it("whatever is put and wherever deliveries break off, each record is stored once, in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyTurn, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), async (turns, batch) => {
      using rig = new DeliveryRig({ records: [volume(0)], batch, time: 1 });
      const records = [volume(0)];
      for (const turn of turns) {
        if ("put" in turn) {
          const more = Array.from({ length: turn.put }, (_, index) => volume(records.length + index));
          records.push(...more);
          rig.outbox.put(more);
        } else await brokenOff(rig, turn.breakAt, turn.time, batch);
      }
      const gateway = new EmbeddedGateway(rig.path("metadata.sqlite"), surroundings());
      await rig.deliverTo(gateway);
      const stored = await gateway.history("shop/orders");
      expect(stored.toReversed()).toEqual(records);
      await gateway.close();
    }),
    { numRuns: 25 },
  );
});

async function brokenOff(rig: DeliveryRig, point: ProtocolPoint, time: number, batch: number): Promise<void> {
  let left = time;
  const reach = (reached: ProtocolPoint) => {
    if (reached === point && --left === 0) throw new Error("broken off");
  };
  const gateway = new EmbeddedGateway(rig.path("metadata.sqlite"), surroundings({ reach }));
  await deliver({ outbox: rig.outbox, gateway, reach, batch }).catch((error: unknown) => {
    expect(error).toMatchObject({ message: "broken off" });
  });
  await gateway.close();
}
