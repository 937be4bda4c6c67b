import swagger from "@fastify/swagger";
import { type ErrorCategory, OrchestrateError } from "@orchestrate/sdk";
import fastify, { type FastifyInstance } from "fastify";
import type { Gateway } from "../gateway.ts";
import type { KindRegistry } from "../kinds/kind-registry.ts";
import type { MetadataErrorCode } from "../metadata-error.ts";
import type { Reach } from "../reach.ts";
import { serviceMetrics } from "./metrics.ts";
import { requireLoopback } from "./require-loopback.ts";
import { requireToken } from "./require-token.ts";
import { addRoutes } from "./routes.ts";

export interface ServiceOptions {
  readonly gateway: Gateway;
  readonly kinds: KindRegistry;
  /** Who asks must know it; undefined: anyone on this machine may ask. */
  readonly token: string | undefined;
  readonly reach: Reach;
}

/** Bytes of a request: more than a batch of the outbox takes. */
const BODY_LIMIT = 32 << 20;

/** The gateway as a service over HTTP, with an OpenAPI document, health and metrics. It listens once it is told to. */
export async function createService({ gateway, kinds, token, reach }: ServiceOptions): Promise<FastifyInstance> {
  const service = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  const metrics = serviceMetrics();
  // The gateway checks what it is given; the schemas of the routes are for the OpenAPI document.
  service.setValidatorCompiler(() => (value) => ({ value }));
  service.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  service.setErrorHandler((error, _request, reply) => {
    const { status, envelope } = answerOf(error);
    if (status === 401) reply.header("www-authenticate", "Bearer");
    return reply.status(status).send(envelope);
  });
  // A gateway that asks at a wrong place has reached none: what it was to bring goes on waiting.
  service.setNotFoundHandler(({ method, url }, reply) =>
    reply.status(404).send(envelopeOf("metadata-unreachable", `There is nothing at ${method} ${url}.`)),
  );
  await service.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Orchestrate metadata gateway", version: "1" },
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{ token: [] }],
    },
  });
  service.addHook("onRequest", token === undefined ? requireLoopback : requireToken(token));
  addRoutes(service, { gateway: metrics.counted(gateway), kinds, reach });
  metrics.addTo(service);
  service.get("/health", { schema: { summary: "Whether the gateway answers", security: [] } }, async () => {
    await gateway.latest("health");
    return { status: "ok" };
  });
  service.get("/openapi.json", { schema: { summary: "This document", security: [] } }, async () => service.swagger());
  return service;
}

interface Answer {
  readonly status: number;
  readonly envelope: { readonly error: string; readonly detail: string; readonly hint: string };
}

const STATUS: Readonly<Record<ErrorCategory, number>> = {
  failed: 500,
  input: 400,
  invariant: 500,
  policy: 401,
  io: 503,
  interrupted: 503,
};

const STATUS_OF_CODE: Readonly<Record<string, number>> = { "metadata-key-conflict": 409, "metadata-host-refused": 403 };

function answerOf(error: unknown): Answer {
  if (error instanceof OrchestrateError) {
    const { category, ...envelope } = error.toEnvelope();
    return { status: STATUS_OF_CODE[error.code] ?? STATUS[category], envelope };
  }
  const { statusCode = 500, message } = error as { readonly statusCode?: number; readonly message: string };
  const envelope =
    statusCode < 500
      ? envelopeOf("metadata-query-invalid", `The request is refused: ${message}.`)
      : envelopeOf("metadata-unreachable", `The service failed: ${message}.`, "See what the service says.");
  return { status: statusCode, envelope };
}

function envelopeOf(error: MetadataErrorCode, detail: string, hint = "See /openapi.json."): Answer["envelope"] {
  return { error, detail, hint };
}
