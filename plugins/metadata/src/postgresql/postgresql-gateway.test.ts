import { describe, expect, it } from "vitest";
import { describeGateway } from "../fixtures/describe-gateway.ts";
import { surroundings, volume } from "../fixtures/gateway-rig.ts";
import { execute, postgresqlRig, SERVER } from "../fixtures/postgresql-rig.ts";
import { PostgresqlGateway } from "./postgresql-gateway.ts";

describe.skipIf(SERVER === undefined)("the PostgreSQL gateway (left out without ORCHESTRATE_TEST_POSTGRES)", () => {
  describeGateway(postgresqlRig);

  const open = (url: string, password?: string, schema = "test_unused") =>
    PostgresqlGateway.open({ url, schema, password }, surroundings());

  it("takes the password beside the URL, and says when it is wrong", async () => {
    const url = new URL(SERVER ?? "");
    const { password } = url;
    url.password = "";
    const gateway = await open(url.href, password, "test_password");
    expect(await gateway.emit(volume(1))).toMatchObject({ stored: 1 });
    await gateway.close();
    await execute("DROP SCHEMA test_password CASCADE");
    await expect(open(url.href, "wrong")).rejects.toMatchObject({
      code: "metadata-unauthorized",
      category: "policy",
      detail: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:\d+ refuses: password authentication failed/),
    });
  });

  it("says that a password is needed", async () => {
    const url = new URL(SERVER ?? "");
    url.password = "";
    await expect(open(url.href)).rejects.toMatchObject({ code: "metadata-unauthorized", category: "policy" });
  });

  it("leaves tables of a newer version alone", async () => {
    await execute("CREATE SCHEMA test_newer; CREATE TABLE test_newer.about AS SELECT 7 AS version");
    await expect(open(SERVER ?? "", undefined, "test_newer")).rejects.toMatchObject({
      code: "metadata-store-newer",
      detail: "The schema test_newer has version 7 of its tables; this package knows version 1.",
    });
    await execute("DROP SCHEMA test_newer CASCADE");
  });
});

it("a PostgreSQL that is not there is unreachable", async () => {
  const url = "postgresql://nobody@127.0.0.1:1/none";
  await expect(PostgresqlGateway.open({ url, schema: "s", password: "secret" }, surroundings())).rejects.toMatchObject({
    code: "metadata-unreachable",
    category: "io",
    detail: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:1 can't be used: .*ECONNREFUSED.*\.$/),
  });
});
