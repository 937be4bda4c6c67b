import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { DeliveryRig, localGateway, signalOf, startProgram } from "../fixtures/delivery-rig.ts";
import { drawnCase } from "../fixtures/drawn-case.ts";
import { execute, SERVER } from "../fixtures/postgresql-rig.ts";
import { KindRegistry } from "../kinds/kind-registry.ts";
import type { GatewayOptions } from "../options.ts";
import { PROTOCOL_POINTS, type ProtocolPoint } from "../reach.ts";
import { createService } from "../service/create-service.ts";

/** Points that the one who sends passes; the service passes the others. */
const isSenders = (point: ProtocolPoint) => point.startsWith("send") || point.startsWith("outbox-delete");

/** Kills the sender or the service at a point, and delivers the rest through a service that nobody kills. */
async function killedAt(point: ProtocolPoint, seed: string, storeIn: (rig: DeliveryRig) => GatewayOptions) {
  using rig = new DeliveryRig(drawnCase(seed));
  const store = storeIn(rig);
  const fatal = { point, time: rig.drawn.time };
  if (!isSenders(point)) await killService(rig, { gateway: store, fatal });

  const local = await localGateway(store);
  const service = await createService({ gateway: local, kinds: new KindRegistry(), token: undefined, reach: () => {} });
  const url = await service.listen({ host: "127.0.0.1", port: 0 });
  const remote = await localGateway({ use: "remote", url });
  if (isSenders(point)) {
    const order = { outbox: rig.outbox.file, gateway: { use: "remote", url }, batch: rig.drawn.batch, fatal };
    expect(await signalOf(startProgram("deliver-and-die", order))).toBe("SIGKILL");
  }
  await rig.deliverTo(remote);
  await rig.expectDelivered(remote);
  await service.close();
  await local.close();
}

async function killService(rig: DeliveryRig, order: object): Promise<void> {
  const service = startProgram("serve-and-die", order);
  const [said] = await once(service.stdout!, "data");
  const remote = await localGateway({ use: "remote", url: String(said).trim() });
  // Where it was answered before the service died, only the next batch finds it gone; after the last there is none.
  await rig.deliverTo(remote).catch((error: unknown) => {
    expect(error).toMatchObject({ code: "metadata-unreachable", category: "io" });
  });
  expect(await signalOf(service)).toBe("SIGKILL");
}

describe("delivery to a service over an embedded gateway loses and doubles nothing when one is killed at", () => {
  it.each(PROTOCOL_POINTS)("%s", (point) =>
    killedAt(point, `remote embedded ${point}`, (rig) => ({ use: "embedded", file: rig.path("metadata.sqlite") })),
  );
});

describe.skipIf(SERVER === undefined)(
  "delivery to a service over PostgreSQL (left out without ORCHESTRATE_TEST_POSTGRES) loses and doubles nothing when one is killed at",
  () => {
    it.each(PROTOCOL_POINTS)("%s", async (point) => {
      const schema = `test_${randomBytes(6).toString("hex")}`;
      await killedAt(point, `remote postgresql ${point}`, () => ({ use: "postgresql", url: SERVER ?? "", schema }));
      await execute(`DROP SCHEMA ${schema} CASCADE`);
    });
  },
);
