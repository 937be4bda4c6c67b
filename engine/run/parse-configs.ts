import type { Instance } from "../core/graph/instance.ts";
import type { Json } from "../core/pipeline/pipeline.ts";
import { type Issue, PipelineIssues } from "../core/pipeline/pipeline-issue.ts";
import { suggest } from "../core/suggest.ts";
import type { ConfigIssue, ModuleReference, ParsedConfig } from "./ports/inspector.ts";
import type { PreparationScope } from "./prepare-instances.ts";

/** The parsed config of an instance, and by token the parsed options of its services. */
export interface ParsedInstance {
  readonly config: ParsedConfig;
  readonly options: ReadonlyMap<string, ParsedConfig>;
}

/**
 * Parses the configs of instances and the options of their services, each by its own schema: at once where it is known.
 *
 * @returns by instance.
 * @throws PipelineIssues with every issue of every config.
 */
export async function parseConfigs(
  scope: PreparationScope,
  instances: readonly Instance[],
): Promise<ReadonlyMap<string, ParsedInstance>> {
  const wanted = instances.map((instance) => wantedBy(scope, instance));
  await ask(
    scope,
    wanted.flatMap(({ config, options }) => [config, ...options.values()]),
  );
  return new Map(
    wanted.map(({ id, config, options }) => [
      id,
      { config: config.parsed!, options: new Map([...options].map(([token, { parsed }]) => [token, parsed!])) },
    ]),
  );
}

/** A config on its way: as written, where it stands, and parsed once that is known. */
interface Wanted {
  readonly reference: ModuleReference;
  /** As JSON text, which is cheaper to look up than a digest. */
  readonly text: string;
  readonly path: Issue["path"];
  parsed: ParsedConfig | undefined;
}

function wantedBy({ graph, modules, inspector }: PreparationScope, { id, phase, config }: Instance) {
  const vertex = graph.phases.get(phase)!;
  const want = (reference: ModuleReference, raw: Json, path: Issue["path"]): Wanted => {
    const text = JSON.stringify(raw);
    return { reference, text, path, parsed: inspector.knownConfig(reference, text) };
  };
  const options = new Map<string, Wanted>();
  for (const [token, { facts, options: raw }] of vertex.services) {
    options.set(token, want(modules.service(facts), raw, ["phases", phase, "services", token, "with"]));
  }
  return { id, config: want(modules.step(vertex.step.name), config, ["phases", phase, "with"]), options };
}

/** Asks for what is not known, once for each module and text. */
async function ask({ inspector }: PreparationScope, all: readonly Wanted[]): Promise<void> {
  const byModule = Map.groupBy(
    all.filter(({ parsed }) => parsed === undefined),
    ({ reference }) => reference.name,
  );
  const issues: Issue[] = [];
  for (const unknown of byModule.values()) {
    const { reference } = unknown[0]!;
    const byText = [...Map.groupBy(unknown, ({ text }) => text)];
    const answers = await inspector.parseConfigs(
      reference,
      byText.map(([text]) => text),
    );
    for (const [index, [, same]] of byText.entries()) {
      const answer = answers[index]!;
      if ("issues" in answer) issues.push(...answer.issues.map((issue) => placed(issue, same[0]!)));
      else for (const each of same) each.parsed = answer;
    }
  }
  if (issues.length > 0) throw new PipelineIssues(issues);
}

function placed({ path, message, known }: ConfigIssue, { path: base, reference }: Wanted): Issue {
  const wrong = path.at(-1);
  const near = typeof wrong === "string" ? suggest(wrong, known) : "";
  const hint =
    near !== "" ? near : `orchestrate plugins describe ${reference.plugin} shows what ${reference.name} takes.`;
  return { path: [...base, ...path], message, hint };
}
