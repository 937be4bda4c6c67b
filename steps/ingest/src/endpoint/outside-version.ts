import type { Endpoint } from "./endpoint.ts";

/**
 * The version of what endpoints read outside: always the same where they read nothing but inputs, which the fingerprint
 * covers by itself, and null where what they read may change unseen.
 */
export function outsideVersion(endpoints: readonly Endpoint[]): string | null {
  return endpoints.every(({ capabilities }) => capabilities.reach === "inputs") ? "inputs" : null;
}
