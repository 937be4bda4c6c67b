import type { z } from "zod";
import { StepError } from "../errors.ts";
import { issueText } from "../runtime/issue-text.ts";
import type { Service } from "../service.ts";
import { type Check, verdict } from "./checks/check.ts";
import { checkContract } from "./checks/contract.ts";
import { watchHandles } from "./checks/open-handles.ts";
import { checkUnknownKey } from "./checks/unknown-key.ts";
import type { ServiceKit } from "./service-kit.ts";
import { suitePlace } from "./suite-place.ts";

/** What a provider is made with, and what its kind must do. */
export interface ServiceExample<T = unknown, C extends z.ZodType = z.ZodType> {
  /** As written in a pipeline (default: `{}`). */
  readonly options?: z.input<C>;
  /** The kit of its token, where there is one. */
  readonly kit?: ServiceKit<T>;
}

/**
 * The conformance suite for a provider of a service: what the engine relies on, then each check of the kit on a service made
 * for it alone. It needs TMPDIR for itself.
 *
 * @throws StepError `kit-misplaced` where the kit is that of another token; `options-invalid` where it refuses the options.
 */
export async function checkService<T, C extends z.ZodType>(
  service: Service<T, C>,
  example: ServiceExample<T, C> = {},
): Promise<readonly Check[]> {
  const { definition } = service;
  const given: unknown = example.options ?? {};
  requireSameToken(definition.token.token, example.kit);
  const options = parseOptions(definition.options, given);
  const contract = checkContract(service.contract(), definition.options, given);
  const unknownKey = checkUnknownKey(definition.options, given);
  using place = suitePlace();
  // What is loaded with the first one, as a module that is compiled, is no leak.
  const first = await problemOf(() => useOnce(service, options, requireService));
  const watch = await watchHandles();
  const again = await problemOf(() => useOnce(service, options, () => {}));
  const handles = await watch.check();
  const strays = place.strays().map((name) => `${name} was written when it was made: a service leaves no files.`);
  const create = verdict("create", first.length > 0 ? first : again, "It is made, disposed of, and made again.");
  const kept: Check[] = [];
  for (const [name, act] of Object.entries(example.kit?.checks ?? {})) {
    const problem = create.ok ? await problemOf(() => useOnce(service, options, act)) : [];
    kept.push(verdict(`${definition.token.token}: ${name}`, problem, create.ok ? "It does." : "Not looked at."));
  }
  return [contract, unknownKey, create, verdict("surroundings", strays, "Nothing was written."), handles, ...kept];
}

function requireSameToken(token: string, kit: { readonly token: string } | undefined): void {
  if (kit === undefined || kit.token === token) return;
  throw new StepError({
    error: "kit-misplaced",
    category: "input",
    detail: `The service provides "${token}", and the kit is for "${kit.token}".`,
    hint: "Take the kit of the service's own token.",
  });
}

function parseOptions<C extends z.ZodType>(schema: C, options: unknown): z.output<C> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new StepError({
    error: "options-invalid",
    category: "input",
    detail: `The options are refused: ${issueText(parsed.error)}.`,
    hint: "Give the example `options` that the service takes.",
  });
}

/** A forgotten `return` would show only where the service is used. */
function requireService(service: unknown): void {
  if (service === undefined) throw new TypeError("`create` gives undefined: return the service.");
}

async function useOnce<T, C extends z.ZodType>(
  { definition }: Service<T, C>,
  options: z.output<C>,
  use: (service: T) => void | Promise<void>,
): Promise<void> {
  const made = await definition.create({ options, log: SILENT });
  try {
    await use(made);
  } finally {
    await definition.dispose?.(made);
  }
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What an act throws, in words. */
async function problemOf(act: () => Promise<void>): Promise<readonly string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
