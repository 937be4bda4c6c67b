import { defineService, z } from "@orchestrate/sdk";
import { Source } from "../endpoint/endpoint.ts";
import { httpEndpoint } from "../http/http-endpoint.ts";
import { Paging } from "../http/paging.ts";

export default defineService({
  token: Source,
  summary: "Rows of a JSON API that gives them page by page.",
  options: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    /** Where the list of rows lies in an answer, as `data.items`; the answer itself where it is left out. */
    rows: z.string().default(""),
    paging: Paging.default({ by: "none" }),
    /** The name of the secret that is sent as a bearer token. */
    tokenSecret: z.string().min(1).optional(),
    headers: z.record(z.string(), z.string()).default({}),
    /** Types of columns as SQL writes them, where the values do not tell, or tell wrong. */
    types: z.record(z.string(), z.string().min(1)).default({}),
    key: z.array(z.string().min(1)).default([]),
    /** How often a page is asked for that fails with 429, 5xx or a broken connection. */
    attempts: z.number().int().min(1).max(10).default(4),
    /** Most pages, so that an API that never ends is an error. */
    mostPages: z.number().int().positive().default(100_000),
  }),
  create: ({ options }) => httpEndpoint(options),
});
