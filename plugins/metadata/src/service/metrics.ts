import type { FastifyInstance } from "fastify";
import { Counter, Histogram, Registry } from "prom-client";
import type { Gateway, Receipt } from "../gateway.ts";

/** What is counted of a service, for Prometheus. */
export interface ServiceMetrics {
  /** The same gateway, its records counted. */
  counted(gateway: Gateway): Gateway;
  /** Adds `/metrics`, and times every request. */
  addTo(service: FastifyInstance): void;
}

export function serviceMetrics(): ServiceMetrics {
  const registers = [new Registry()];
  const records = new Counter({
    name: "orchestrate_metadata_records_total",
    help: "Records that were emitted, by what came of them.",
    labelNames: ["result"],
    registers,
  });
  const seconds = new Histogram({
    name: "orchestrate_metadata_request_seconds",
    help: "How long requests took.",
    labelNames: ["route", "status"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const count = ({ stored, known, expired }: Receipt) => {
    for (const [result, number] of Object.entries({ stored, known, expired })) records.inc({ result }, number);
  };
  return {
    counted: (gateway) => ({
      emit: (record) => gateway.emit(record),
      emitMany: async (batch) => {
        const receipt = await gateway.emitMany(batch).catch((error: unknown) => {
          records.inc({ result: "refused" }, batch.length);
          throw error;
        });
        count(receipt);
        return receipt;
      },
      latest: (subject, kind) => gateway.latest(subject, kind),
      history: (subject, kind, limit) => gateway.history(subject, kind, limit),
      query: (criteria) => gateway.query(criteria),
      prune: () => gateway.prune(),
      close: () => gateway.close(),
    }),
    addTo: (service) => {
      service.addHook("onResponse", async ({ routeOptions: { url } }, { statusCode, elapsedTime }) => {
        seconds.observe({ route: url ?? "none", status: String(statusCode) }, elapsedTime / 1_000);
      });
      service.get("/metrics", { schema: { summary: "Metrics for Prometheus" } }, async (_request, reply) => {
        const [register] = registers;
        reply.type(register?.contentType ?? "text/plain");
        return register?.metrics() ?? "";
      });
    },
  };
}
