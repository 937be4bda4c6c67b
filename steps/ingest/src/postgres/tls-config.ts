import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { StepError } from "@orchestrate/sdk";
import { TlsOptions, tlsConflict, tlsOptions } from "./tls-options.ts";

/**
 * What a connection is made with; false for one in plain text.
 *
 * @param project the directory from which paths start.
 * @throws StepError `tls-unsuitable` for a file that can't be read.
 */
export function tlsConfig({ sslmode, ...paths }: TlsOptions, project: string): ConnectionOptions | false {
  if (sslmode === "disable") return false;
  const { sslrootcert, sslcert, sslkey } = paths;
  const pem = (name: keyof typeof paths) => {
    const path = paths[name];
    return path === undefined ? undefined : readPem(name, resolve(project, path));
  };
  return {
    ...(sslrootcert === undefined ? {} : { ca: pem("sslrootcert") }),
    ...(sslcert === undefined ? {} : { cert: pem("sslcert") }),
    ...(sslkey === undefined ? {} : { key: pem("sslkey") }),
    rejectUnauthorized: sslmode !== "require" || sslrootcert !== undefined,
    ...(sslmode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
  };
}

/**
 * Takes from a URL's query what says how the connection is guarded, of which the driver makes something else than libpq
 * does.
 *
 * @param options what counts where the URL says nothing.
 * @throws StepError `tls-unsuitable` for what is no mode, or does not go together.
 */
export function takeTls(url: string, options: TlsOptions): { readonly url: string; readonly tls: TlsOptions } {
  const [place = "", query] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  const names = Object.keys(tlsOptions).filter((name) => parameters.has(name));
  if (names.length === 0) return { url, tls: options };
  const said = Object.fromEntries(names.map((name) => [name, parameters.get(name)]));
  for (const name of names) parameters.delete(name);
  const parsed = TlsOptions.safeParse({ ...options, ...said });
  if (!parsed.success)
    throw unsuitable(`The URL's sslmode is none of ${tlsOptions.sslmode.unwrap().options.join(", ")}.`);
  const conflict = tlsConflict(parsed.data);
  if (conflict !== undefined) throw unsuitable(`In the URL, ${conflict}.`);
  return { url: parameters.size === 0 ? place : `${place}?${parameters}`, tls: parsed.data };
}

function readPem(name: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw unsuitable(`${name} can't be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function unsuitable(detail: string): StepError {
  return new StepError({
    error: "tls-unsuitable",
    category: "input",
    detail,
    hint: "Set sslmode, sslrootcert, sslcert and sslkey as PostgreSQL's own clients have them; paths are relative to the pipeline.",
  });
}
