import bearerAuth from "@fastify/bearer-auth";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { API_VIEWS } from "../render/api-views.ts";
import { prometheusText } from "../render/prometheus-text.ts";
import { TickHistory } from "./tick-history.ts";
import { cannotListen, checkAccess, isLoopback } from "./view-options.ts";

/** Requests a minute from one address. */
const REQUESTS = 600;
const DEFAULT_LIMIT = 360;

/** The web view of a replay: it shows the newest tick that was published, and computes nothing. */
export interface LiveView extends AsyncDisposable {
  readonly history: TickHistory;
  /** For requests without a network. */
  readonly app: FastifyInstance;
  /**
   * Gives the address it listens on; port 0 is a free one.
   *
   * @throws StepError `view-token-missing`, `view-token-short`, `view-cannot-listen`.
   */
  listen(host: string, port: number): Promise<string>;
}

/**
 * With a token all but `/healthz` and `/readyz` ask for `Authorization: Bearer`. It is never taken from the query
 * string, which ends up in logs. Without one they are answered at a loopback name alone: a web page may ask under a
 * name of its own that has been pointed here (DNS rebinding).
 */
export async function liveView(token: string | undefined): Promise<LiveView> {
  const history = new TickHistory();
  const app = fastify({ logger: false, forceCloseConnections: true });
  await app.register(rateLimit, { max: REQUESTS, timeWindow: "1 minute" });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) =>
    history.latest === undefined ? reply.code(503).send({ status: "waiting for the first tick" }) : { status: "ready" },
  );
  await app.register(async (guarded) => {
    if (token !== undefined) await guarded.register(bearerAuth, { keys: new Set([token]) });
    else guarded.addHook("onRequest", requireLoopback);
    addRoutes(guarded, history);
  });
  return {
    history,
    app,
    async listen(host, port) {
      checkAccess(host, token);
      return app.listen({ host, port }).catch((error: Error) => {
        throw cannotListen(host, port, error);
      });
    },
    [Symbol.asyncDispose]: () => app.close(),
  };
}

async function requireLoopback({ hostname }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (isLoopback(hostname)) return;
  await reply.code(403).send({ error: `Without a token only this machine is answered, not as "${hostname}".` });
}

function addRoutes(app: FastifyInstance, history: TickHistory): void {
  app.addHook("preHandler", async (_request, reply) => {
    if (history.latest === undefined) await reply.code(503).send({ status: "waiting for the first tick" });
  });
  app.get("/metrics", async (_request, reply) => {
    reply.type("text/plain; version=0.0.4; charset=utf-8");
    return prometheusText(history.latest!);
  });
  for (const [path, view] of Object.entries(API_VIEWS))
    app.get(`/api/metrics${path}`, async () => view(history.latest!));
  app.get("/api/metrics/history", async ({ query }) => history.ticks(limitOf(query)));
  app.get("/api/events", async ({ query }) => ({
    schema: "metrics.events.v1",
    events: history.events(limitOf(query)),
  }));
}

/** `?limit=N`; what is no whole number above 0 is not heeded. */
function limitOf(query: unknown): number {
  const limit = typeof query === "object" && query !== null && "limit" in query ? Number(query.limit) : 0;
  return Number.isInteger(limit) && limit > 0 ? limit : DEFAULT_LIMIT;
}
