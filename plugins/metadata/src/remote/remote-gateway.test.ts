import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { describeGateway } from "../fixtures/describe-gateway.ts";
import { embeddedRig } from "../fixtures/embedded-rig.ts";
import { postgresqlRig, SERVER } from "../fixtures/postgresql-rig.ts";
import { remoteRig } from "../fixtures/remote-rig.ts";
import { RemoteGateway } from "./remote-gateway.ts";

describe("the remote gateway over an embedded one", () => describeGateway(remoteRig(embeddedRig)));

describe.skipIf(SERVER === undefined)(
  "the remote gateway over PostgreSQL (left out without ORCHESTRATE_TEST_POSTGRES)",
  () => describeGateway(remoteRig(postgresqlRig)),
);

it.each(["/behind/a/proxy", "/behind/a/proxy/"])("asks a service that is served below %s", async (below) => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.end('{"record":null}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`;
  await new RemoteGateway({ url, token: undefined }).latest("a b");
  expect(asked).toEqual(["/behind/a/proxy/v1/latest?subject=a+b"]);
  server.closeAllConnections();
  server.close();
});

describe("a service that is none", () => {
  it("is said to be unreachable", async () => {
    const gateway = new RemoteGateway({ url: "http://127.0.0.1:1", token: undefined });
    await expect(gateway.latest("a")).rejects.toMatchObject({
      code: "metadata-unreachable",
      category: "io",
      detail: expect.stringMatching(/^The metadata gateway at http:\/\/127\.0\.0\.1:1 can't be used: /),
    });
  });

  it.each([
    [200, "<html>", /its answer is none of a metadata gateway/],
    [200, '{"record":7}', /its answer is none of a metadata gateway: record: /],
    [502, "<html>bad gateway", /it answers with status 502 and no words of a metadata gateway/],
    [500, '{"error":"other","detail":"d","hint":"h"}', /it answers with status 500/],
  ])("is told by what it answers: %s %s", async (status, text, words) => {
    const server = createServer((_, response) => response.writeHead(status).end(text));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const asked = new RemoteGateway({ url, token: undefined }).latest("a");
    await expect(asked).rejects.toMatchObject({ code: "metadata-unreachable", detail: expect.stringMatching(words) });
    server.closeAllConnections();
    server.close();
  });
});
