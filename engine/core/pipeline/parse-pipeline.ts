import { unreachable } from "../unreachable.ts";
import { parseDuration } from "./duration.ts";
import { eachIssues, parseEach } from "./parse-each.ts";
import type { PhaseDocument } from "./phase-schema.ts";
import type {
  DeclaredOutput,
  FollowerChoice,
  Json,
  Phase,
  Pipeline,
  Retry,
  ServiceChoice,
  Wiring,
} from "./pipeline.ts";
import { type Issue, PipelineIssues } from "./pipeline-issue.ts";
import type { PipelineDocument } from "./pipeline-schema.ts";
import { parseReference } from "./reference.ts";

/** Turns a checked document into a pipeline with every default in it. @throws PipelineIssues */
export function parsePipeline(document: PipelineDocument): Pipeline {
  const issues: Issue[] = [];
  const shared = choices(document.services);
  const phases = new Map<string, Phase>();
  for (const [name, written] of Object.entries(document.phases)) {
    if (written.key !== undefined && written.each === undefined) {
      issues.push({
        path: ["phases", name, "key"],
        message: "a key needs a fan-out.",
        hint: "Add `each`, or remove `key`.",
      });
    }
    issues.push(...secretsInTheOpen(name, written));
    const tooMany = eachIssues(name, written.each);
    issues.push(...tooMany);
    if (tooMany.length === 0) phases.set(name, parsePhase(name, written, shared));
  }
  if (Object.keys(document.phases).length === 0)
    issues.push({ path: ["phases"], message: "there are no phases.", hint: "Add a phase." });
  if (issues.length > 0) throw new PipelineIssues(issues);
  return {
    name: document.pipeline,
    seed: document.seed ?? 0,
    state: document.state ?? null,
    options: {
      durability: document.durability ?? "strict",
      reuse: document.reuse ?? "link",
      verify: document.verify ?? "none",
      concurrency: document.concurrency ?? null,
    },
    services: shared,
    followers: followers(document.follow),
    phases,
  };
}

/** What is named under both would be digested, and a digest gives a short value away. */
function secretsInTheOpen(name: string, { env = [], secrets = [] }: PhaseDocument): readonly Issue[] {
  return secrets.flatMap((secret, index) =>
    env.includes(secret)
      ? [
          {
            path: ["phases", name, "secrets", index],
            message: `${secret} is named under \`env\` as well, whose values are digested.`,
            hint: `Take ${secret} out of \`env\`.`,
          },
        ]
      : [],
  );
}

function followers(follow: PipelineDocument["follow"] = {}): readonly FollowerChoice[] {
  return Object.entries(follow)
    .filter(([, { enabled }]) => enabled !== false)
    .map(([name, written]) => ({ name, with: written.with ?? {}, secrets: written.secrets ?? [] }));
}

function parsePhase(name: string, written: PhaseDocument, shared: Readonly<Record<string, ServiceChoice>>): Phase {
  return {
    name,
    step: written.step,
    with: written.with ?? {},
    inputs: mapValues(written.inputs, parseWiring),
    outputs: mapValues(written.outputs, parseOutput),
    each: parseEach(written.each),
    key: written.key ?? null,
    after: written.after ?? [],
    enabled: written.enabled ?? true,
    partial: written.partial ?? false,
    retry: parseRetry(written.retry),
    timeoutMs: written.timeout === undefined ? null : parseDuration(written.timeout),
    resources: written.resources ?? {},
    services: written.services === undefined ? shared : { ...shared, ...choices(written.services) },
    env: written.env ?? [],
    secrets: written.secrets ?? [],
    cache: written.cache ?? true,
    publish: written.publish ?? null,
    seedKey: written.seedKey ?? null,
    code: written.code ?? [],
  };
}

function parseWiring(wiring: string | { path: string } | { previous: string }): Wiring {
  if (typeof wiring === "string") return { from: "phase", ...parseReference(wiring)! };
  if ("path" in wiring) return { from: "path", path: wiring.path };
  const { phase, output } = parseReference(wiring.previous)!;
  return { from: "previous", phase, output };
}

function parseOutput(
  output: string | { path: string; kind?: string | undefined; form?: "file" | "directory" | undefined },
): DeclaredOutput {
  const { path, kind, form } = typeof output === "string" ? { path: output, kind: undefined, form: undefined } : output;
  const isTree = path.endsWith("/");
  return { path: isTree ? path.slice(0, -1) : path, kind: kind ?? "*", form: form ?? (isTree ? "directory" : "file") };
}

function parseRetry(retry: PhaseDocument["retry"]): Retry {
  return {
    attempts: retry?.attempts ?? 1,
    delayMs: retry?.delay === undefined ? 1_000 : parseDuration(retry.delay),
    maxDelayMs: retry?.maxDelay === undefined ? 60_000 : parseDuration(retry.maxDelay),
  };
}

function choices(services: PhaseDocument["services"]): Readonly<Record<string, ServiceChoice>> {
  return mapValues(services, (choice) =>
    typeof choice === "string" ? { use: choice, with: {} } : { use: choice.use, with: (choice.with ?? {}) as Json },
  );
}

const EMPTY: Readonly<Record<string, never>> = Object.freeze({});

function mapValues<A, B>(
  record: Readonly<Record<string, A>> | undefined,
  map: (value: A) => B,
): Readonly<Record<string, B>> {
  if (record === undefined) return EMPTY;
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** What a wiring is in words. */
export function formatWiring(wiring: Wiring): string {
  switch (wiring.from) {
    case "phase":
      return `${wiring.phase}${wiring.gather === "all" ? "[*]" : ""}.${wiring.output}`;
    case "path":
      return wiring.path;
    case "previous":
      return `previous ${wiring.phase}.${wiring.output}`;
    default:
      return unreachable(wiring);
  }
}
