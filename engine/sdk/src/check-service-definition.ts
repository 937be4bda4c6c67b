import type { z } from "zod";
import { checkTexts, isSchema } from "./check-definition.ts";
import { requireKnownFields } from "./require-known-fields.ts";
import type { ServiceDefinition } from "./service.ts";

/**
 * What a compiler would say of a service's definition, for those who write JavaScript.
 *
 * @throws TypeError where the token, the summary, the schema or `create` is missing, another part is not what it must
 * be, or there is none.
 */
export function checkServiceDefinition(definition: object): void {
  requireKnownFields(definition, FIELDS);
  const { token, summary, options, scope, create, ...rest }: Parts = { ...definition };
  if (typeof token?.token !== "string") throw new TypeError("`token` must be what defineToken gives.");
  if (typeof summary !== "string") throw new TypeError("`summary` must be a sentence that says what the service is.");
  if (!isSchema(options))
    throw new TypeError("`options` must be a schema: z.strictObject({}) for a service that takes none.");
  if (typeof create !== "function") throw new TypeError("`create` must be a function.");
  if (scope !== undefined && scope !== "attempt" && scope !== "worker")
    throw new TypeError('`scope` must be "attempt" or "worker", or be left out.');
  checkTexts("code", rest.code);
  for (const name of ["dispose", "check"])
    if (rest[name] !== undefined && typeof rest[name] !== "function")
      throw new TypeError(`\`${name}\` must be a function, or be left out.`);
}

/** The compiler sees to it that none is missing. */
const FIELDS = Object.keys({
  token: true,
  summary: true,
  options: true,
  scope: true,
  code: true,
  create: true,
  dispose: true,
  check: true,
} satisfies Record<keyof ServiceDefinition<unknown, z.ZodType>, true>);

type Parts = Readonly<Record<string, unknown>> & { readonly token?: { readonly token?: unknown } };
