import type { FastifyRequest } from "fastify";
import { metadataError } from "../metadata-error.ts";
import { isLoopback } from "./is-loopback.ts";

/**
 * A check for a service without a token: a web page in a browser of this machine may ask under a name of its own that
 * has been pointed here (DNS rebinding), and would be let in where the page's own server can't be.
 *
 * @throws OrchestrateError `metadata-host-refused`
 */
export async function requireLoopback({ hostname }: Pick<FastifyRequest, "hostname">): Promise<void> {
  if (isLoopback(hostname)) return;
  throw metadataError(
    "metadata-host-refused",
    `The request is for the host "${hostname}", and without a token only this machine is answered.`,
    "Ask at 127.0.0.1 or localhost, or serve with a token: --token-from.",
  );
}
