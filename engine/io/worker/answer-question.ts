import { inspect } from "node:util";
import { ioWords } from "@orchestrate/manifests";
import {
  Clock,
  type Finding,
  type Log,
  type OrchestrateError,
  type Service,
  type Step,
  type z,
} from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import { unreachable } from "../../core/unreachable.ts";
import type { ConfigIssue } from "../../run/ports/inspector.ts";
import { loadService, loadStep } from "./load-definition.ts";
import { maskSecrets } from "./mask-secrets.ts";
import type { Answer, Question } from "./protocol.ts";
import type { ServiceResolver } from "./service-resolver.ts";
import { workerClock } from "./worker-clock.ts";

/** Answers what the engine asks about a module; an error becomes an answer too. */
export async function answerQuestion(question: Question, resolver: ServiceResolver): Promise<Answer> {
  try {
    return await answer(question, resolver);
  } catch (error) {
    const mask = question.ask === "version" ? maskSecrets(question.secrets) : (text: string) => text;
    const { detail, hint, ...envelope } = envelopeOf(error, question.name);
    return { answer: "error", error: { ...envelope, detail: mask(detail), hint: mask(hint) } };
  }
}

async function answer(question: Question, resolver: ServiceResolver): Promise<Answer> {
  switch (question.ask) {
    case "step":
      return { answer: "step", contract: (await loadStep(question.module, question.name)).contract() };
    case "service":
      return { answer: "service", contract: (await loadService(question.module, question.name)).contract() };
    case "check":
      return { answer: "check", finding: await check(await loadService(question.module, question.name)) };
    case "configs": {
      const schema = await schemaOf(question.module, question.name);
      return { answer: "configs", configs: question.raw.map((raw) => parse(schema, raw)) };
    }
    case "version": {
      const step = await loadStep(question.module, question.name);
      return { answer: "version", version: await askVersion(step, question, resolver) };
    }
    default:
      return unreachable(question);
  }
}

/** The schema of a step's config, or of a provider's options. */
async function schemaOf(module: string, name: string): Promise<z.ZodType> {
  if (name.includes("=")) return (await loadService(module, name)).definition.options;
  return (await loadStep(module, name)).definition.config;
}

function parse(schema: z.ZodType, raw: Json): { readonly value: Json } | { readonly issues: readonly ConfigIssue[] } {
  const result = schema.safeParse(raw);
  if (result.success) return { value: JSON.parse(JSON.stringify(result.data)) as Json };
  return { issues: result.error.issues.flatMap((issue) => toIssues(issue, schema)) };
}

function toIssues(issue: z.core.$ZodIssue, schema: z.ZodType): readonly ConfigIssue[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  if (issue.code === "unrecognized_keys") {
    const known = path.length === 0 ? knownKeys(schema) : [];
    return issue.keys.map((key) => ({ path: [...path, key], message: "this key is not known.", known }));
  }
  // A union that says itself what it wants knows better than any of its branches.
  if (issue.code === "invalid_union" && issue.message === "Invalid input") {
    const closest = issue.errors.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return closest.length === 0
      ? [{ path, message: "does not have an allowed form.", known: [] }]
      : closest.flatMap((inner) => toIssues(inner, schema).map((one) => ({ ...one, path: [...path, ...one.path] })));
  }
  const isMissing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  const message = isMissing ? "is missing" : `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
  return [{ path, message: `${message}.`, known: [] }];
}

function knownKeys(schema: z.ZodType): readonly string[] {
  const shape = (schema as { shape?: unknown }).shape;
  return typeof shape === "object" && shape !== null ? Object.keys(shape) : [];
}

async function check({ definition }: Service): Promise<Finding> {
  if (definition.check === undefined) throw new TypeError("the provider has no check()");
  return definition.check({ options: definition.options.parse({}) });
}

async function askVersion(
  step: Step,
  question: Extract<Question, { ask: "version" }>,
  resolver: ServiceResolver,
): Promise<string> {
  const { version } = step.definition;
  if (version === undefined) throw new TypeError(`${question.name} has no version()`);
  const scope = await resolver.open(question.services, { own: new Map([[Clock.token, workerClock]]), log: silent });
  try {
    // What belongs to an attempt, as child processes and metadata, is not there outside of one.
    const there = new Set([Clock.token, ...question.services.map(({ token }) => token)]);
    const asked = Object.entries(step.contract().services).filter(([, token]) => there.has(token));
    const services = Object.fromEntries(asked.map(([name, token]) => [name, scope.get(token)]));
    return await version({
      config: question.config,
      services: services as never,
      env: question.env,
      secrets: question.secrets,
      signal: new AbortController().signal,
    });
  } finally {
    await scope.close();
  }
}

/** A question belongs to no phase, so that there is no log to write to. */
const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The envelope of whatever was thrown. */
export function envelopeOf(error: unknown, where: string): ReturnType<OrchestrateError["toEnvelope"]> {
  if (isEnvelopeLike(error))
    return { error: error.code, category: error.category, detail: error.detail, hint: error.hint };
  const errno = (error as NodeJS.ErrnoException | undefined | null)?.code;
  if (error instanceof Error && errno !== undefined && OF_THE_MACHINE.has(errno)) {
    const { code, hint } = ioWords(errno);
    return { error: code, category: "io", detail: `${where} failed with ${error.message}.`, hint };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : shown(error);
  return {
    error: "step-threw",
    category: "failed",
    detail: `${where} threw ${text}`,
    hint: error instanceof Error ? "The stack is in the phase's log." : "Let it throw an Error, whose stack is logged.",
  };
}

/** Something that is no error may be thrown as well; of an object its name alone would say nothing. */
function shown(thrown: unknown): string {
  return typeof thrown === "string" ? thrown : inspect(thrown, { breakLength: Number.POSITIVE_INFINITY });
}

/** What no step can help. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EMFILE", "ENFILE"]);

function isEnvelopeLike(error: unknown): error is OrchestrateError {
  return error instanceof Error && "code" in error && "category" in error && "detail" in error && "hint" in error;
}
