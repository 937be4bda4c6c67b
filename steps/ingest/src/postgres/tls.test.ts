import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import postgres from "../endpoints/postgres.ts";
import { Authority, type GuardedPostgres, guardedPostgres } from "../fixtures/guarded-postgres.ts";
import { provided } from "../fixtures/warehouse.ts";
import { opened } from "../testing/endpoint-example.ts";

const URL_OF_TEST = process.env.ORCHESTRATE_TEST_POSTGRES;
const CAN_CERTIFY = spawnSync("openssl", ["version"]).status === 0;

type Certificate = "right" | "elsewhere" | "expired";

/** By the server's certificate and the options: the client's name where it is let in, or why it does not go on. */
const CASES: readonly (readonly [Certificate, Readonly<Record<string, string>>, string])[] = [
  ["right", { sslmode: "require" }, "nobody"],
  ["right", { sslmode: "verify-ca", sslrootcert: "own.pem" }, "nobody"],
  ["right", { sslmode: "verify-full", sslrootcert: "own.pem" }, "nobody"],
  ["right", { sslmode: "verify-full" }, "self-signed certificate in certificate chain."],
  ["right", { sslmode: "require", sslrootcert: "client.pem" }, "self-signed certificate in certificate chain."],
  ["elsewhere", { sslmode: "require" }, "nobody"],
  ["elsewhere", { sslmode: "verify-ca", sslrootcert: "own.pem" }, "nobody"],
  [
    "elsewhere",
    { sslmode: "verify-full", sslrootcert: "own.pem" },
    "Host: localhost. is not in the cert's altnames: DNS:elsewhere.example.",
  ],
  ["expired", { sslmode: "require" }, "nobody"],
  ["expired", { sslmode: "verify-ca", sslrootcert: "own.pem" }, "certificate has expired."],
  ["right", { sslmode: "require", sslcert: "client.pem", sslkey: "client.key" }, "client.example"],
  ["right", { sslmode: "require", sslcert: "client.pem", sslkey: "own.key" }, "key values mismatch."],
];

describe.skipIf(URL_OF_TEST === undefined || !CAN_CERTIFY)(
  "a connection to PostgreSQL by TLS (needs ORCHESTRATE_TEST_POSTGRES and openssl)",
  () => {
    let project: string;
    const servers = new Map<Certificate, GuardedPostgres>();
    beforeAll(async () => {
      project = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-tls-")));
      const authority = new Authority(project);
      authority.certify("right", "localhost", 2);
      authority.certify("elsewhere", "elsewhere.example", 2);
      authority.certify("expired", "localhost", -1);
      authority.certify("client", "client.example", 2);
      for (const name of ["right", "elsewhere", "expired"] as const)
        servers.set(name, await guardedPostgres(authority, name, URL_OF_TEST!));
    });
    afterAll(() => {
      for (const server of servers.values()) server[Symbol.dispose]();
      rmSync(project, { recursive: true, force: true });
    });

    /** Whom the server took the client for, or the error. */
    async function connected(
      certificate: Certificate,
      options: object,
      query: string,
    ): Promise<string | OrchestrateError> {
      const server = servers.get(certificate)!;
      const url = new URL(`${URL_OF_TEST!}${query}`);
      [url.hostname, url.port] = ["localhost", String(server.port)];
      const endpoint = await provided(postgres, { urlSecret: "URL", table: "goods", ...options });
      try {
        return await opened(
          endpoint,
          { project, secrets: { URL: url.href }, cursor: "" },
          async () => server.client() || "nobody",
        );
      } catch (error) {
        if (error instanceof OrchestrateError) return error;
        throw error;
      }
    }

    it.each(CASES)("to a server whose certificate is %s, with %j: %s", async (certificate, options, ends) => {
      for (const found of [
        await connected(certificate, options, ""),
        await connected(certificate, {}, `?${new URLSearchParams(options)}`),
      ]) {
        if (typeof found === "string") expect(found).toBe(ends);
        else
          expect(found).toMatchObject({
            code: "endpoint-unreachable",
            category: "io",
            detail: expect.stringContaining(ends),
            hint: expect.stringContaining("sslmode and certificates"),
          });
      }
    });

    it("is guarded as the URL says before what the options say", async () => {
      const options = { sslmode: "verify-ca", sslrootcert: "own.pem" };
      expect(await connected("elsewhere", options, "?application_name=shop")).toBe("nobody");
      expect(await connected("elsewhere", options, "?sslmode=verify-full")).toMatchObject({
        detail: expect.stringContaining("altnames"),
      });
    });

    it.each([
      ["?sslmode=prefer", /^The URL's sslmode is none of disable, require, verify-ca, verify-full\.$/],
      ["?sslmode=verify-ca", /^In the URL, verify-ca needs sslrootcert: .*, or take verify-full\.$/],
      ["?sslrootcert=own.pem", /^In the URL, with certificates sslmode must be require, verify-ca or verify-full\.$/],
      ["?sslmode=require&sslcert=client.pem", /^In the URL, sslcert and sslkey need each other\.$/],
      ["?sslmode=verify-ca&sslrootcert=gone.pem", /^sslrootcert can't be read: ENOENT: .*\/gone\.pem'\.$/],
    ])("is refused where the URL says %s", async (query, detail) => {
      const error = { code: "tls-unsuitable", category: "input", detail: expect.stringMatching(detail) };
      expect(await connected("right", {}, query)).toMatchObject(error);
    });
  },
);

it.each([
  [{ sslrootcert: "own.pem" }, /^with certificates sslmode must be /],
  [{ sslmode: "verify-ca" }, /^verify-ca needs sslrootcert: /],
  [{ sslmode: "require", sslkey: "client.key" }, /^sslcert and sslkey need each other$/],
] as const)("options that do not go together are told before anything runs: %j", (options, message) => {
  const { error } = postgres.definition.options.safeParse({ table: "goods", ...options });
  expect(error?.issues).toMatchObject([{ path: ["sslmode"], message: expect.stringMatching(message) }]);
});
