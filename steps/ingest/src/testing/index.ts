/** For tests of endpoints: the conformance kit that every provider of `ingest/source` and `ingest/target` passes. */
export type { EndpointExample } from "./endpoint-example.ts";
export { endpointKit } from "./endpoint-kit.ts";
