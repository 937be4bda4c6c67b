import { canonicalJson, ManifestError } from "@orchestrate/manifests";
import { Clock, type ErrorEnvelope, type Log, OrchestrateError, type Step, type z } from "@orchestrate/sdk";
import { askCheck, maskSecrets } from "@orchestrate/sdk/runtime";
import type { Json } from "../../core/pipeline/pipeline.ts";
import { unreachable } from "../../core/unreachable.ts";
import type { ConfigIssue } from "../../run/ports/inspector.ts";
import { placeInModule } from "../config/place-in-module.ts";
import { envelopeOf } from "./envelope-of.ts";
import { loadService, loadStep } from "./load-definition.ts";
import type { Answer, Question } from "./protocol.ts";
import type { ServiceResolver } from "./service-resolver.ts";
import { workerClock } from "./worker-clock.ts";

/** Answers what the engine asks about a module; an error becomes an answer too. */
export async function answerQuestion(question: Question, resolver: ServiceResolver): Promise<Answer> {
  try {
    return await answer(question, resolver);
  } catch (error) {
    const mask = question.ask === "version" ? maskSecrets(question.secrets) : (text: string) => text;
    return { answer: "error", error: ofQuestion(envelopeOf(error, question.name, mask), question, error) };
  }
}

async function answer(question: Question, resolver: ServiceResolver): Promise<Answer> {
  switch (question.ask) {
    case "step":
      return { answer: "step", contract: (await loadStep(question.module, question.name)).contract() };
    case "service":
      return { answer: "service", contract: (await loadService(question.module, question.name)).contract() };
    case "check":
      return {
        answer: "check",
        finding: await askCheck(await loadService(question.module, question.name), question.name),
      };
    case "configs": {
      const schema = await schemaOf(question.module, question.name);
      return { answer: "configs", configs: question.raw.map((raw) => parse(schema, raw, question.name)) };
    }
    case "version": {
      const step = await loadStep(question.module, question.name);
      return { answer: "version", version: await askVersion(step, question, resolver) };
    }
    default:
      return unreachable(question);
  }
}

/** No phase has a log yet that could hold the stack. */
function ofQuestion(envelope: ErrorEnvelope, { ask, module }: Question, thrown: unknown): ErrorEnvelope {
  if (envelope.error !== "step-threw") return envelope;
  const place = placeInModule(thrown, module);
  return {
    ...envelope,
    detail: place === "" ? envelope.detail : `${envelope.detail} (${module}${place})`,
    hint:
      ask === "version"
        ? "It threw in `version`, before any phase began: see that what it reads is there, or mend the step."
        : "Mend the plugin, or take it out of plugins.json.",
  };
}

/** The schema of a step's config, or of a provider's options. */
async function schemaOf(module: string, name: string): Promise<z.ZodType> {
  if (name.includes("=")) return (await loadService(module, name)).definition.options;
  return (await loadStep(module, name)).definition.config;
}

function parse(
  schema: z.ZodType,
  raw: Json,
  name: string,
): { readonly value: Json } | { readonly issues: readonly ConfigIssue[] } {
  const result = schema.safeParse(raw);
  if (result.success) return { value: asJson(result.data, name) };
  return { issues: result.error.issues.flatMap((issue) => toIssues(issue, schema)) };
}

/**
 * The step gets its config as JSON has it: a date would come as text, a map as an empty object, and nobody would be
 * told.
 */
function asJson(parsed: unknown, name: string): Json {
  try {
    canonicalJson(parsed);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    const what = name.includes("=") ? "options" : "config";
    throw new OrchestrateError({
      error: "config-not-json",
      category: "input",
      detail: `What the schema of ${name}'s ${what} makes is no plain JSON. ${error.detail}`,
      hint: `Mend the plugin: let \`${what}\` describe plain JSON, and make dates, maps and the like of it where they are used.`,
    });
  }
  // The channel to the engine writes it as JSON, its keys in the order that the schema gives.
  return parsed as Json;
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

async function askVersion(
  step: Step,
  question: Extract<Question, { ask: "version" }>,
  resolver: ServiceResolver,
): Promise<string | null> {
  const { version } = step.definition;
  if (version === undefined) throw new TypeError(`${question.name} has no version()`);
  const scope = await resolver.open(question.services, { own: new Map([[Clock.token, workerClock]]), log: silent });
  try {
    // What belongs to an attempt, as child processes and metadata, is not there outside of one.
    const there = new Set([Clock.token, ...question.services.map(({ token }) => token)]);
    const asked = Object.entries(step.contract().services).filter(([, token]) => there.has(token));
    const services = Object.fromEntries(asked.map(([name, token]) => [name, scope.get(token)]));
    const answer: unknown = await version({
      config: question.config,
      services: services as never,
      env: question.env,
      secrets: question.secrets,
      signal: new AbortController().signal,
    });
    if (answer !== null && typeof answer !== "string") throw notText(question.name, answer);
    return answer;
  } finally {
    await scope.close();
  }
}

function notText(step: string, answer: unknown): OrchestrateError {
  return new OrchestrateError({
    error: "version-not-text",
    category: "input",
    detail: `\`version\` of ${step} gave a value of type ${typeof answer}.`,
    hint: "Mend the step: let it resolve to text that differs where what it reads differs, or to null where that can't be told.",
  });
}

/** A question belongs to no phase, so that there is no log to write to. */
const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
