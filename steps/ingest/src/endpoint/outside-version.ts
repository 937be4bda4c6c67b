import { randomUUID } from "node:crypto";
import type { Endpoint } from "./endpoint.ts";

/**
 * The version of what endpoints read outside: always the same where they read nothing but inputs, which the fingerprint
 * covers by itself, and another every time where what they read may have changed unseen.
 */
export function outsideVersion(endpoints: readonly Endpoint[]): string {
  return endpoints.every(({ capabilities }) => capabilities.reach === "inputs") ? "inputs" : randomUUID();
}
