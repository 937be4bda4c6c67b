import { type Digest, digestJson } from "@orchestrate/manifests";
import { type Finding, OrchestrateError, type ServiceContract, type StepContract } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type {
  ConfigIssue,
  Inspector,
  ModuleReference,
  ParsedConfig,
  VersionRequest,
} from "../../run/ports/inspector.ts";
import type { Answer, Question } from "../worker/protocol.ts";
import type { Ending } from "./describe-ending.ts";

/** Keeps answers of plugins, by the digest of their code. */
export interface AnswerCache {
  contract(code: Digest): StepContract | ServiceContract | undefined;
  keepContract(code: Digest, contract: StepContract | ServiceContract): void;
  /** @param text the config as it was written, as JSON. */
  config(code: Digest, text: string): ParsedConfig | undefined;
  keepConfig(code: Digest, text: string, parsed: ParsedConfig): void;
}

/** Who can be asked. */
export interface Respondent {
  ask(question: Question, timeoutMs: number): Promise<Answer | Ending>;
}

/** How long a plugin may take to say what it contributes, in milliseconds. */
export const CONTRACT_TIMEOUT = 20_000;

/** Asks plugins in a worker, and keeps what they say. */
export class PluginInspector implements Inspector {
  readonly #respondent: Respondent;
  readonly #cache: AnswerCache;
  readonly #timeoutMs: number;

  constructor(respondent: Respondent, cache: AnswerCache, timeoutMs: number = CONTRACT_TIMEOUT) {
    this.#respondent = respondent;
    this.#cache = cache;
    this.#timeoutMs = timeoutMs;
  }

  async step(reference: ModuleReference): Promise<StepContract> {
    const known = this.#cache.contract(reference.code);
    if (known !== undefined && "inputs" in known) return known;
    const { contract } = await this.#ask(reference, "step");
    this.#cache.keepContract(reference.code, contract);
    return contract;
  }

  async service(reference: ModuleReference): Promise<ServiceContract> {
    const known = this.#cache.contract(reference.code);
    if (known !== undefined && "token" in known) return known;
    const { contract } = await this.#ask(reference, "service");
    this.#cache.keepContract(reference.code, contract);
    return contract;
  }

  async check(reference: ModuleReference): Promise<Finding> {
    return (await this.#ask(reference, "check")).finding;
  }

  knownConfig(reference: ModuleReference, text: string): ParsedConfig | undefined {
    return this.#cache.config(reference.code, text);
  }

  async parseConfigs(
    reference: ModuleReference,
    texts: readonly string[],
  ): Promise<readonly (ParsedConfig | { readonly issues: readonly ConfigIssue[] })[]> {
    const { module, name } = reference;
    const raw = texts.map((text) => JSON.parse(text) as Json);
    const answer = await this.#put(reference, { ask: "configs", module, name, raw });
    if (answer.answer !== "configs") throw misunderstood(reference);
    return answer.configs.map((config, index) => {
      if ("issues" in config) return config;
      const parsed = { value: config.value, digest: digestJson(config.value) };
      this.#cache.keepConfig(reference.code, texts[index]!, parsed);
      return parsed;
    });
  }

  async version({ reference, ...given }: VersionRequest): Promise<string | null> {
    const { module, name } = reference;
    const answer = await this.#put(reference, { ask: "version", module, name, ...given });
    if (answer.answer !== "version") throw misunderstood(reference);
    return answer.version;
  }

  async #ask<A extends "step" | "service" | "check">(
    reference: ModuleReference,
    ask: A,
  ): Promise<Extract<Answer, { answer: A }>> {
    const answer = await this.#put(reference, { ask, module: reference.module, name: reference.name });
    if (answer.answer !== ask) throw misunderstood(reference);
    return answer as Extract<Answer, { answer: A }>;
  }

  async #put(reference: ModuleReference, question: Question): Promise<Answer> {
    const answer = await this.#respondent.ask(question, this.#timeoutMs);
    if ("answer" in answer) {
      if (answer.answer !== "error") return answer;
      throw new OrchestrateError(answer.error);
    }
    throw noAnswer(reference, question, answer, this.#timeoutMs);
  }
}

function noAnswer(
  { name, plugin, module }: ModuleReference,
  { ask }: Question,
  ending: Ending,
  timeoutMs: number,
): OrchestrateError {
  const must =
    ask === "version"
      ? "`version` must look, and answer soon."
      : "A module must only define things when it is imported.";
  const hint = `${must} Mend ${plugin}, or take it out of plugins.json.`;
  const did = ask === "version" ? `asked ${name} for its version` : `imported ${module} for ${name}`;
  if (ending.end === "timeout") {
    return new OrchestrateError({
      error: "plugin-hangs",
      category: "input",
      detail:
        ask === "version"
          ? `\`version\` of ${name} did not answer within ${timeoutMs / 1000} s.`
          : `${name} did not say what it is within ${timeoutMs / 1000} s of importing ${module}.`,
      hint,
    });
  }
  const signal = ending.end === "exit" ? ending.exit.signal : null;
  const how =
    signal !== null
      ? `was killed by ${signal}`
      : `ended with status ${ending.end === "exit" ? ending.exit.status : "unknown"}`;
  return new OrchestrateError({
    error: "plugin-exits",
    category: "input",
    detail: `The process that ${did} ${how}.`,
    hint:
      signal === null
        ? hint
        : `If it was not ${plugin} itself, see whether the machine has memory left, and try again.`,
  });
}

function misunderstood({ name }: ModuleReference): OrchestrateError {
  return new OrchestrateError({
    error: "internal",
    category: "failed",
    detail: `The worker gave another answer than was asked for ${name}.`,
    hint: "This is a fault of the engine; please report it.",
  });
}
