import { z } from "@orchestrate/sdk";
import type { FastifyInstance } from "fastify";
import type { Gateway } from "../gateway.ts";
import type { KindRegistry } from "../kinds/kind-registry.ts";
import type { Reach } from "../reach.ts";
import { Criteria, MOST_RECORDS } from "../record/criteria.ts";
import { MetadataRecord } from "../record/metadata-record.ts";
import { Counted, Found, Listed, Paged, Pruned, Refused } from "./answers.ts";
import { jsonSchema } from "./json-schema.ts";
import { parseRequest } from "./parse-request.ts";

export interface RouteScope {
  readonly gateway: Gateway;
  readonly kinds: KindRegistry;
  readonly reach: Reach;
}

const Records = z.strictObject({ records: z.array(z.unknown()).max(MOST_RECORDS) });
const RecordsAsSaid = z.strictObject({ records: z.array(MetadataRecord).max(MOST_RECORDS) });
const Subject = z.strictObject({ subject: z.string().min(1), kind: z.string().optional() });
const History = Subject.extend({ limit: z.coerce.number().int().min(1).max(MOST_RECORDS).optional() });

/** The gateway's calls over HTTP. Bodies are JSON; errors are `{ error, detail, hint }`. */
export function addRoutes(service: FastifyInstance, { gateway, kinds, reach }: RouteScope): void {
  const answers = (schema: z.ZodType) => ({ 200: jsonSchema(schema), default: jsonSchema(Refused) });

  service.route({
    method: "POST",
    url: "/v1/records",
    schema: {
      summary: "Emit records: all of them or none",
      body: jsonSchema(RecordsAsSaid),
      response: answers(Counted),
    },
    handler: async ({ body }) => {
      // What is not a record is told by the gateway, as it is to those who use it directly.
      const { records } = parseRequest(Records, body, "metadata-record-invalid");
      const receipt = await gateway.emitMany(records as readonly MetadataRecord[]);
      reach("acknowledge:before");
      return receipt;
    },
    onResponse: async () => reach("acknowledge:after"),
  });
  service.route({
    method: "GET",
    url: "/v1/latest",
    schema: {
      summary: "The newest record about a subject",
      querystring: jsonSchema(Subject),
      response: answers(Found),
    },
    handler: async ({ query }) => {
      const { subject, kind } = parseRequest(Subject, query, "metadata-query-invalid");
      return { record: (await gateway.latest(subject, kind)) ?? null };
    },
  });
  service.route({
    method: "GET",
    url: "/v1/history",
    schema: { summary: "Records about a subject", querystring: jsonSchema(History), response: answers(Listed) },
    handler: async ({ query }) => {
      const { subject, kind, limit } = parseRequest(History, query, "metadata-query-invalid");
      return { records: await gateway.history(subject, kind, limit) };
    },
  });
  service.route({
    method: "POST",
    url: "/v1/query",
    schema: { summary: "Records that fit, a page at a time", body: jsonSchema(Criteria), response: answers(Paged) },
    // What is no question is told by the gateway.
    handler: ({ body }) => gateway.query(body as Criteria),
  });
  service.route({
    method: "POST",
    url: "/v1/prune",
    schema: {
      summary: "Remove records that are older than their kind is kept",
      response: answers(Pruned),
    },
    handler: async () => ({ removed: await gateway.prune() }),
  });
  service.route({
    method: "GET",
    url: "/v1/kinds",
    schema: {
      summary: "The kinds of records that are taken",
      response: answers(z.strictObject({ kinds: z.array(z.looseObject({})) })),
    },
    handler: async () => ({
      kinds: kinds.all().map(({ payload, ...kind }) => ({ ...kind, payload: jsonSchema(payload) })),
    }),
  });
}
