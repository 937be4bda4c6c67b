import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineStep, json, z } from "@orchestrate/sdk";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmbeddedGateway } from "../embedded/embedded-gateway.ts";
import { surroundings, volume } from "../fixtures/gateway-rig.ts";
import { IngestionVolume } from "../kinds/ingestion-kinds.ts";
import { createService } from "../service/create-service.ts";
import { gatewayKit } from "../testing/index.ts";
import opened from "./opened.ts";
import { MetadataGateway } from "./questions.ts";

const project = mkdtempSync(join(tmpdir(), "orchestrate-ask-"));
const subject = "shop/orders";
const records = [volume(1), volume(2), volume(3)];
const embedded = new EmbeddedGateway(join(project, "runs/.metadata.sqlite"), surroundings());
beforeAll(() => embedded.emitMany(records));
afterAll(async () => {
  await embedded.close();
  rmSync(project, { recursive: true });
});

/** As the pipeline would make it. */
async function provided(options: object): Promise<MetadataGateway> {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return opened.definition.create({ options: opened.definition.options.parse(options), log });
}

describe("the gateway that steps ask", () => {
  it("passes its kit over the embedded one", () =>
    describeConformance(opened, { kit: gatewayKit({ project, secrets: {}, subject }) }));

  it("passes its kit over a service, with a token from the step's secrets", async () => {
    const around = surroundings();
    const service = await createService({ gateway: embedded, kinds: around.kinds, token: "s3cret", reach: () => {} });
    const url = await service.listen({ host: "127.0.0.1", port: 0 });
    const options = { gateway: { use: "remote", url, tokenFrom: "TOKEN" } } as const;
    const kit = gatewayKit({ project, secrets: { TOKEN: "s3cret" }, subject });
    await describeConformance(opened, { kit, options });
    await service.close();
  });

  it("is asked by a step", async () => {
    const step = defineStep({
      summary: "Tells how many rows the newest load brought.",
      config: z.strictObject({}),
      inputs: {},
      outputs: { rows: json("rows.json", z.number()) },
      services: { gateway: MetadataGateway },
      reads: "external",
      async run({ services, project, secrets, outputs }) {
        await using questions = await services.gateway.open({ project, secrets });
        const newest = await questions.latest("shop/orders", "ingestion_volume");
        await outputs.rows.write(IngestionVolume.parse(newest?.payload).rows);
      },
    });
    const gateway = await provided({});
    const result = await runStep(step, { config: {}, project, services: { gateway } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.rows.json()).toBe(3);
  });

  it("says which secret the phase does not pass on", async () => {
    const gateway = { use: "remote", url: "http://127.0.0.1:1", tokenFrom: "TOKEN" };
    const service = await provided({ gateway });
    await expect(service.open({ project, secrets: {} })).rejects.toMatchObject({
      code: "metadata-secret-unset",
      detail: "The metadata gateway needs TOKEN, which is not given.",
    });
  });
});
