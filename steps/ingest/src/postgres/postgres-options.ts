import { StepError } from "@orchestrate/sdk";
import type { ClientConfig } from "pg";
import type { Reach } from "../endpoint/endpoint.ts";
import { secretOf } from "../endpoint/secret-of.ts";
import { takeTls, tlsConfig } from "./tls-config.ts";
import type { TlsOptions } from "./tls-options.ts";

export interface PostgresOptions extends TlsOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly passwordSecret?: string | undefined;
  readonly urlSecret?: string | undefined;
  readonly schema: string;
  readonly table: string;
  readonly fetch: number;
}

/**
 * The longest name of a table or column, in bytes of UTF-8; a longer one is cut
 * (https://postgresql.org/docs/15/sql-syntax-lexical.html, 4.1.1).
 */
export const LONGEST_NAME = 63;

/** What a client is made with. Passwords come from the phase's secrets, and from nowhere else. */
export function clientConfig(options: PostgresOptions, { secrets, project }: Reach): ClientConfig {
  // A server that is gone without a word would be waited for without end.
  const alive = { keepAlive: true, keepAliveInitialDelayMillis: 60_000 };
  const shared = { application_name: "orchestrate", connectionTimeoutMillis: 15_000, ...alive };
  if (options.urlSecret !== undefined) {
    const { url, tls } = takeTls(urlOf(options.urlSecret, secrets), options);
    return { ...shared, connectionString: url, ssl: tlsConfig(tls, project) };
  }
  const { host, port, database, user, passwordSecret } = options;
  const password = passwordSecret === undefined ? {} : { password: secretOf(passwordSecret, secrets) };
  return { ...shared, host, port, database, user, ...password, ssl: tlsConfig(options, project) };
}

/** Where a table is, without who asks and how. */
export function postgresLabel({ host, port, database, urlSecret, schema, table }: PostgresOptions): string {
  const place = urlSecret === undefined ? `${host}:${port}/${database}` : `$${urlSecret}`;
  return `postgres:${place}#${schema}.${table}`;
}

/** Of other text the driver would make a host called "base", or this machine. */
function urlOf(name: string, secrets: Reach["secrets"]): string {
  const url = secretOf(name, secrets);
  // A host may be left out there, and stand in the query.
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url.replace("@/", "@localhost/"))) return url;
  throw new StepError({
    error: "url-unsuitable",
    category: "input",
    detail: `The secret "${name}" holds no URL of PostgreSQL.`,
    hint: "It begins with postgres:// or postgresql://, as postgres://user:password@host:5432/database, and signs as # / @ in a password are percent-encoded.",
  });
}
