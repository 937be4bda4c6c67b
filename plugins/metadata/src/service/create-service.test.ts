import type { FastifyInstance, InjectOptions } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { embeddedRig } from "../fixtures/embedded-rig.ts";
import { type GatewayRig, volume } from "../fixtures/gateway-rig.ts";
import { KindRegistry } from "../kinds/kind-registry.ts";
import { createService } from "./create-service.ts";

let rig: GatewayRig;
let service: FastifyInstance;
beforeEach(async () => {
  rig = await embeddedRig();
  service = await createService({ gateway: rig.gateway, kinds: new KindRegistry(), token: "hush", reach: () => {} });
});
afterEach(async () => {
  await service.close();
  await rig[Symbol.asyncDispose]();
});

const headers = { authorization: "Bearer hush" };
const ask = (options: InjectOptions) => service.inject({ headers, ...options });

describe("the service", () => {
  it("takes and gives records", async () => {
    const emitted = await ask({ method: "POST", url: "/v1/records", payload: { records: [volume(1)] } });
    expect(emitted.json()).toEqual({ stored: 1, known: 0, expired: 0 });
    const latest = await ask({ url: "/v1/latest?subject=shop/orders" });
    expect(latest.json()).toEqual({ record: volume(1) });
  });

  it("without a token answers on this machine's own names alone", async () => {
    const open = await createService({
      gateway: rig.gateway,
      kinds: new KindRegistry(),
      token: undefined,
      reach: () => {},
    });
    const at = (host: string) => open.inject({ url: "/v1/latest?subject=a", headers: { host } });
    for (const host of ["localhost:7700", "127.0.0.1", "127.1.2.3:7700", "[::1]:7700"])
      expect((await at(host)).statusCode, host).toBe(200);
    for (const host of ["evil.example:7700", "127.0.0.1.evil.example", "192.168.0.7"]) {
      const answer = await at(host);
      expect(answer.statusCode, host).toBe(403);
      expect(answer.json()).toEqual({
        error: "metadata-host-refused",
        detail: `The request is for the host "${host.split(":")[0]}", and without a token only this machine is answered.`,
        hint: "Ask at 127.0.0.1 or localhost, or serve with a token: --token-from.",
      });
    }
    await open.close();
  });

  it.each([
    [{ url: "/v1/latest?subject=a", headers: {} }, "The request has no token."],
    [{ url: "/v1/latest?subject=a", headers: { authorization: "Bearer husk" } }, "The token is not the service's."],
    [{ url: "/metrics", headers: {} }, "The request has no token."],
    [
      { method: "POST" as const, url: "/v1/records", headers: {}, payload: { records: [] } },
      "The request has no token.",
    ],
    [{ url: "/nowhere", headers: {} }, "The request has no token."],
  ])("lets nobody in without its token: %j", async (options, detail) => {
    const answer = await service.inject(options);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
    expect(answer.json()).toMatchObject({ error: "metadata-unauthorized", detail });
  });

  it.each([
    [
      { method: "POST" as const, url: "/v1/records", payload: "{" },
      400,
      "metadata-query-invalid",
      /The request is refused: /,
    ],
    [
      { method: "POST" as const, url: "/v1/records", payload: { record: 1 } },
      400,
      "metadata-record-invalid",
      /records: /,
    ],
    [
      { method: "POST" as const, url: "/v1/records", payload: { records: [7] } },
      400,
      "metadata-record-invalid",
      /Record 1/,
    ],
    [{ url: "/v1/nowhere?a=1" }, 404, "metadata-unreachable", /^There is nothing at GET \/v1\/nowhere\?a=1\.$/],
    [
      { method: "DELETE" as const, url: "/v1/records" },
      404,
      "metadata-unreachable",
      /^There is nothing at DELETE \/v1\/records\.$/,
    ],
    [{ url: "/v1/latest" }, 400, "metadata-query-invalid", /subject: /],
    [{ url: "/v1/history?subject=a&limit=many" }, 400, "metadata-query-invalid", /limit: /],
    [{ method: "POST" as const, url: "/v1/query", payload: { kind: 1 } }, 400, "metadata-query-invalid", /kind/],
  ])("says what is wrong with a request: %j", async (options, status, error, detail) => {
    const content = "payload" in options ? { "content-type": "application/json" } : {};
    const answer = await ask({ ...options, headers: { ...headers, ...content } });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error, detail: expect.stringMatching(detail) });
  });

  it("refuses a body that is larger than any batch", async () => {
    const payload = `"${"x".repeat(32 << 20)}"`;
    const content = { ...headers, "content-type": "application/json" };
    const answer = await ask({ method: "POST", url: "/v1/records", payload, headers: content });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ error: "metadata-query-invalid" });
  });

  it("tells anyone that it lives, and what it is", async () => {
    expect((await service.inject("/health")).json()).toEqual({ status: "ok" });
    const document = (await service.inject("/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths).sort()).toEqual([
      "/health",
      "/metrics",
      "/openapi.json",
      "/v1/history",
      "/v1/kinds",
      "/v1/latest",
      "/v1/prune",
      "/v1/query",
      "/v1/records",
    ]);
    const body = document.paths["/v1/records"].post.requestBody.content["application/json"].schema;
    expect(body.properties.records.items.required).toEqual(["key", "kind", "subject", "time", "producer", "payload"]);
  });

  it("is unhealthy where its gateway is", async () => {
    const broken = { ...rig.gateway, latest: () => Promise.reject(new Error("no disk")) };
    const ill = await createService({ gateway: broken, kinds: new KindRegistry(), token: undefined, reach: () => {} });
    const answer = await ill.inject("/health");
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ error: "metadata-unreachable", detail: "The service failed: no disk." });
    await ill.close();
  });

  it("counts records and times requests", async () => {
    const records = [volume(1), volume(1), volume(2)];
    await ask({ method: "POST", url: "/v1/records", payload: { records } });
    await ask({ method: "POST", url: "/v1/records", payload: { records: [volume(3, { kind: "none" })] } });
    const { body } = await ask({ url: "/metrics" });
    expect(body).toContain('orchestrate_metadata_records_total{result="stored"} 2');
    expect(body).toContain('orchestrate_metadata_records_total{result="known"} 1');
    expect(body).toContain('orchestrate_metadata_records_total{result="refused"} 1');
    expect(body).toContain('orchestrate_metadata_request_seconds_count{route="/v1/records",status="200"} 1');
  });

  it("names the kinds that it takes, each with its schema", async () => {
    const { kinds } = (await ask({ url: "/v1/kinds" })).json();
    expect(kinds).toContainEqual(
      expect.objectContaining({
        name: "recon_result",
        payload: expect.objectContaining({ required: ["check", "status"] }),
      }),
    );
  });
});
