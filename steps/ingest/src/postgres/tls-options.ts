import { z } from "@orchestrate/sdk";

/**
 * How a connection is guarded, in the words of libpq (https://postgresql.org/docs/15/libpq-ssl.html). Paths are
 * relative to the pipeline.
 */
export const tlsOptions = {
  /**
   * `disable`: plain text. `require`: encrypted, whoever answers; with `sslrootcert` as `verify-ca`. `verify-ca`: the
   * server has a certificate of an authority in `sslrootcert`. `verify-full`: it has one of a trusted authority that
   * names the host.
   */
  sslmode: z.enum(["disable", "require", "verify-ca", "verify-full"]).default("disable"),
  /** A file with the authorities that are trusted (PEM); left out, those of Node and of NODE_EXTRA_CA_CERTS. */
  sslrootcert: z.string().min(1).optional(),
  /** A file with the certificate by which the client shows who it is (PEM). */
  sslcert: z.string().min(1).optional(),
  /** A file with the key of `sslcert` (PEM), without a passphrase. */
  sslkey: z.string().min(1).optional(),
};

export const TlsOptions = z.object(tlsOptions);

export type TlsOptions = z.infer<typeof TlsOptions>;

/** Why options do not go together; undefined where they do. */
export function tlsConflict({ sslmode, sslrootcert, sslcert, sslkey }: TlsOptions): string | undefined {
  if (sslmode === "disable" && [sslrootcert, sslcert, sslkey].some((path) => path !== undefined))
    return "with certificates sslmode must be require, verify-ca or verify-full";
  if (sslmode === "verify-ca" && sslrootcert === undefined)
    return "verify-ca needs sslrootcert: of authorities that everybody trusts anybody gets a certificate; name them, or take verify-full";
  if ((sslcert === undefined) !== (sslkey === undefined)) return "sslcert and sslkey need each other";
  return undefined;
}
