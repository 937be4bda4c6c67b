import type { z } from "zod";
import { StepError } from "../errors.ts";
import type { Service } from "../service.ts";
import { type Check, verdict } from "./checks/check.ts";
import { checkContract } from "./checks/contract.ts";
import { checkOpenHandles, openHandles } from "./checks/open-handles.ts";
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
 * @throws StepError `kit-misplaced` where the kit is that of another token.
 */
export async function checkService<T, C extends z.ZodType>(
  service: Service<T, C>,
  example: ServiceExample<T, C> = {},
): Promise<readonly Check[]> {
  const { definition } = service;
  const options: unknown = example.options ?? {};
  requireSameToken(definition.token.token, example.kit);
  const contract = checkContract(service.contract(), definition.options, options);
  const unknownKey = checkUnknownKey(definition.options, options);
  using place = suitePlace();
  const root = place.directory();
  // What is loaded with the first one, as a module that is compiled, is no leak.
  const first = await problemOf(() => useOnce(service, options, () => {}));
  const open = openHandles();
  const again = await problemOf(() => useOnce(service, options, () => {}));
  const handles = await checkOpenHandles(open, root);
  const strays = place.strays().map((name) => `${name} was written when it was made: a service leaves no files.`);
  const kept: Check[] = [];
  for (const [name, act] of Object.entries(example.kit?.checks ?? {})) {
    const problem = await problemOf(() => useOnce(service, options, act));
    kept.push(verdict(`${definition.token.token}: ${name}`, problem, "It does."));
  }
  return [
    contract,
    unknownKey,
    verdict("create", first.length > 0 ? first : again, "It is made, disposed of, and made again."),
    verdict("surroundings", strays, "Nothing was written."),
    handles,
    ...kept,
  ];
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

async function useOnce<T, C extends z.ZodType>(
  { definition }: Service<T, C>,
  options: unknown,
  use: (service: T) => void | Promise<void>,
): Promise<void> {
  const made = await definition.create({ options: definition.options.parse(options), log: SILENT });
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
