import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { metadataError } from "../metadata-error.ts";

/** What anyone may ask: whether the service lives, and what it is. */
const OPEN: ReadonlySet<string> = new Set(["/health", "/openapi.json"]);

/** A check of requests that lets through who knows the token. @throws OrchestrateError `metadata-unauthorized` */
export function requireToken(token: string): (request: FastifyRequest) => Promise<void> {
  const expected = digestOf(token);
  return async ({ headers, routeOptions: { url } }) => {
    if (url !== undefined && OPEN.has(url)) return;
    const given = /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
    // Digests are of one length, and comparing them takes as long whatever they are.
    if (given !== undefined && timingSafeEqual(digestOf(given), expected)) return;
    throw metadataError(
      "metadata-unauthorized",
      given === undefined ? "The request has no token." : "The token is not the service's.",
      "Send the service's token, as `Authorization: Bearer …`; in options, `tokenFrom` names the variable that holds it.",
    );
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
