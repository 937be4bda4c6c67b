import { StepError, z } from "@orchestrate/sdk";

/** Where a view listens; `null` as port turns it off, `auto` takes a free one. */
export const ViewOptions = {
  metricsPort: z
    .union([z.number().int().min(1).max(65_535), z.literal("auto")])
    .nullable()
    .default(null),
  metricsHost: z.string().min(1).default("127.0.0.1"),
};

/** The name of the secret, or variable, that holds the bearer token. */
export const TOKEN_NAME = "HASHMAP_METRICS_TOKEN";

const SHORTEST_TOKEN = 16;

/** @throws StepError `view-token-missing` where other machines could look without a token, `view-token-short`. */
export function checkAccess(host: string, token: string | undefined): void {
  if (token === undefined && !isLoopback(host)) {
    throw new StepError({
      error: "view-token-missing",
      category: "policy",
      detail: `The view would listen on ${host}, where other machines can reach it, without a token.`,
      hint: `Give a bearer token as the secret ${TOKEN_NAME}, or let it listen on 127.0.0.1.`,
    });
  }
  if (token !== undefined && token.length < SHORTEST_TOKEN) {
    throw new StepError({
      error: "view-token-short",
      category: "policy",
      detail: `The token in ${TOKEN_NAME} has ${token.length} characters; at least ${SHORTEST_TOKEN} are asked for.`,
      hint: "Make one, as by `openssl rand -hex 32`.",
    });
  }
}

/** The error of a port that is taken or not allowed, or of a host that is not this machine's. */
export function cannotListen(host: string, port: number, { message }: Error): StepError {
  return new StepError({
    error: "view-cannot-listen",
    category: "io",
    detail: `The view can't listen on ${host}, port ${port}: ${message}.`,
    hint: "Give it another port, or a free one: `metricsPort: auto` in a replay, `--port 0` of hashmap-view.",
  });
}

/** Whether a host, as it is listened on or as a request names it, is this machine's own and no other's. */
export function isLoopback(host: string): boolean {
  return ["localhost", "::1", "[::1]"].includes(host.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(host);
}
