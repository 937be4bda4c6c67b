import type { z } from "zod";
import type { Log } from "../context.ts";
import { StepError } from "../errors.ts";
import { askCheck } from "../runtime/ask-check.ts";
import { fieldsText } from "../runtime/fields-text.ts";
import { issueText } from "../runtime/issue-text.ts";
import type { Service } from "../service.ts";
import { type Check, verdict } from "./checks/check.ts";
import { checkContract } from "./checks/contract.ts";
import { watchHandles } from "./checks/open-handles.ts";
import { checkUnknownKey } from "./checks/unknown-key.ts";
import { entriesBelow } from "./entries-below.ts";
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
 * The conformance suite for a provider of a service: what the engine relies on, then each check of the kit on a service
 * made for it alone. It needs TMPDIR for itself.
 *
 * @throws StepError `kit-misplaced` where the kit is that of another token; `options-invalid` where it refuses the
 * options.
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
  const directory = place.directory();
  const use = (act: Act<T>) => problemOf(() => useOnce(service, { options, directory }, act));
  // What is loaded with the first one, as a module that is compiled, is no leak.
  const first = await use(requireService);
  const watch = await watchHandles("in `dispose`");
  const again = await use(() => {});
  const handles = await watch.check();
  const create = verdict("create", first.length > 0 ? first : again, "It is made, disposed of, and made again.");
  const kept: Check[] = [];
  for (const [name, act] of Object.entries(example.kit?.checks ?? {})) {
    const problem = create.ok ? await use((made) => holds(act, made)) : [];
    kept.push(verdict(`${definition.token.token}: ${name}`, problem, create.ok ? "It does." : "Not looked at."));
  }
  const strays = [
    ...entriesBelow(directory).map(({ path }) => `"${path}" in the working directory`),
    ...place.strays(),
  ].map((name) => `${name} was written: a service leaves no files.`);
  const finding = definition.check === undefined ? [] : [await checkFinding(service)];
  return [
    contract,
    unknownKey,
    create,
    ...finding,
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

/** Whoever has no compiler may write a check that answers and throws nothing, which every service would pass. */
async function holds<T>(act: Act<T>, service: T): Promise<void> {
  const answer: unknown = await act(service);
  if (answer === false) throw new Error("It does not: the kit's check gives false.");
}

async function checkFinding(service: Service): Promise<Check> {
  const problems = await problemOf(async () => void (await askCheck(service, service.definition.token.token)));
  return verdict("check", problems, "It tells what it finds of the machine.");
}

type Act<T> = (service: T) => void | Promise<void>;

/** As in a worker, it is made in the attempt's directory, where the step finds its outputs. */
async function useOnce<T, C extends z.ZodType>(
  { definition }: Service<T, C>,
  { options, directory }: { readonly options: z.output<C>; readonly directory: string },
  act: Act<T>,
): Promise<void> {
  const before = process.cwd();
  process.chdir(directory);
  let made: T;
  let after: string;
  try {
    made = await definition.create({ options, log: LOG });
    after = process.cwd();
  } finally {
    process.chdir(before);
  }
  try {
    if (after !== directory)
      throw new Error(`\`create\` changes the working directory to ${after}: leave it as it is.`);
    await act(made);
  } finally {
    await definition.dispose?.(made);
  }
}

const take: Log["info"] = (_message, fields = {}) => void fieldsText(fields, (text) => text);
const LOG: Log = { debug: take, info: take, warn: take, error: take };

/** What an act throws, in words. */
async function problemOf(act: () => Promise<void>): Promise<readonly string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
