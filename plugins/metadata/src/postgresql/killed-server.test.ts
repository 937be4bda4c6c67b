import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeliveryRig, localGateway } from "../fixtures/delivery-rig.ts";
import { dieAt } from "../fixtures/die-at.ts";
import { drawnCase } from "../fixtures/drawn-case.ts";
import { surroundings } from "../fixtures/gateway-rig.ts";
import { PostgresqlCluster } from "../fixtures/postgresql-cluster.ts";
import { SERVER } from "../fixtures/postgresql-rig.ts";
import { deliver } from "../outbox/deliver.ts";
import type { ProtocolPoint } from "../reach.ts";
import { PostgresqlGateway } from "./postgresql-gateway.ts";

const POINTS: readonly ProtocolPoint[] = [
  "send:before",
  "store:before",
  "store:after",
  "commit:before",
  "commit:after",
  "outbox-delete:before",
];

describe.skipIf(SERVER === undefined)(
  "delivery to PostgreSQL (left out without ORCHESTRATE_TEST_POSTGRES) loses and doubles nothing when PostgreSQL is killed at",
  () => {
    let cluster: PostgresqlCluster;
    beforeAll(() => {
      cluster = new PostgresqlCluster();
    });
    afterAll(() => cluster.remove());

    it.each(POINTS)("%s", async (point) => {
      using rig = new DeliveryRig(drawnCase(`killed server ${point}`));
      const schema = `test_${point.replaceAll(/\W/g, "_")}`;
      const { batch, time } = rig.drawn;
      let isKilled = false;
      const reach = dieAt({ point, time }, () => {
        cluster.kill();
        isKilled = true;
      });
      const place = { url: cluster.start(), schema, password: undefined };
      const gateway = await PostgresqlGateway.open(place, surroundings({ reach }));
      // Where what it was sent was committed already, only the next batch finds it gone.
      await deliver({ outbox: rig.outbox, gateway, reach, batch }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: "metadata-unreachable", category: "io" });
      });
      expect(isKilled).toBe(true);
      await gateway.close();

      const again = await localGateway({ use: "postgresql", url: cluster.start(), schema });
      await rig.deliverTo(again);
      await rig.expectDelivered(again);
      await again.close();
    });
  },
);
