import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { digestJson } from "@orchestrate/manifests";
import { OrchestrateError, z } from "@orchestrate/sdk";
import type { Invocation } from "./invocation.ts";
import type { Project } from "./open-project.ts";
import type { PreparedRun } from "./prepare-run.ts";
import { usageError } from "./report-error.ts";
import type { RunOptions } from "./run-pipeline.ts";

/** A plan on disk: how it was asked for, and what was decided. */
const PlanDocument = z.lazy(() =>
  z.strictObject({
    schema: z.literal("orchestrate.plan/1"),
    /** Absolute path of the pipeline file. */
    file: z.string(),
    options: z.strictObject({
      phases: z.array(z.string()),
      profile: z.string().nullable(),
      set: z.array(z.string()),
      seed: z.string().nullable(),
      force: z.array(z.string()),
      from: z.array(z.string()),
      cache: z.boolean(),
    }),
    /** Digest of the resolved pipeline. */
    pipeline: z.string(),
    /** Step name to code digest. */
    code: z.record(z.string(), z.string()),
    /** Instance to its decision and, where it is known, its fingerprint. */
    entries: z.record(
      z.string(),
      z.strictObject({ decision: z.enum(["run", "reuse", "pending"]), fingerprint: z.string().nullable() }),
    ),
  }),
);

export type PlanDocument = z.infer<typeof PlanDocument>;

export interface SavedPlan {
  readonly path: string;
  readonly document: PlanDocument;
  readonly options: RunOptions;
}

/**
 * Saves a plan, so that `run FILE` does that or refuses.
 *
 * @throws OrchestrateError `usage` (input) where something else than a saved plan stands there.
 */
export function savePlan(path: string, options: RunOptions, project: Project, prepared: PreparedRun): void {
  if (existsSync(path) && !holdsPlan(path)) {
    throw usageError(`${path} is there already, and is no saved plan.`, "Save the plan under another name.");
  }
  writeFileSync(path, `${JSON.stringify(planDocument(options, project, prepared), null, 2)}\n`);
}

function planDocument(options: RunOptions, project: Project, prepared: PreparedRun): PlanDocument {
  return {
    schema: "orchestrate.plan/1",
    file: project.file,
    options: {
      phases: [...(options.phases ?? [])],
      profile: options.profile ?? null,
      set: [...(options.set ?? [])],
      seed: options.seed ?? null,
      force: [...(options.force ?? [])],
      from: [...(options.from ?? [])],
      cache: options.cache !== false,
    },
    ...decided(project, prepared),
  };
}

function decided(
  project: Project,
  { graph, selected, plan }: PreparedRun,
): Pick<PlanDocument, "pipeline" | "code" | "entries"> {
  return {
    pipeline: digestJson(project.resolved),
    code: Object.fromEntries(
      [...selected].map((name) => graph.phases.get(name)!.step).map((step) => [step.name, step.code]),
    ),
    entries: Object.fromEntries(
      [...plan.entries].map(([id, { decision }]) => [
        id,
        { decision: decision.type, fingerprint: decision.type === "pending" ? null : decision.fingerprint.digest },
      ]),
    ),
  };
}

/**
 * Reads a saved plan; only how it is run may still be said. @throws OrchestrateError `plan-unreadable`, `usage` (input)
 */
export function openSavedPlan({ cwd }: Invocation, file: string, given: RunOptions): SavedPlan {
  const path = resolve(cwd, file);
  const taken = (["file", "phases", "profile", "set", "seed", "force", "from"] as const).find(
    (name) => given[name] !== undefined,
  );
  if (taken !== undefined || given.cache === false) {
    throw usageError(
      `--${taken ?? "no-cache"} can't be given with a saved plan, which says it already.`,
      "Make another plan with orchestrate plan --out.",
    );
  }
  const document = readPlan(path);
  const { profile, seed, ...rest } = document.options;
  return {
    path,
    document,
    options: {
      ...given,
      file: document.file,
      ...rest,
      ...(profile === null ? {} : { profile }),
      ...(seed === null ? {} : { seed }),
    },
  };
}

function holdsPlan(path: string): boolean {
  try {
    readPlan(path);
    return true;
  } catch {
    return false;
  }
}

function readPlan(path: string): PlanDocument {
  if (!existsSync(path)) {
    throw new OrchestrateError({
      error: "plan-unreadable",
      category: "input",
      detail: `There is no saved plan ${path}.`,
      hint: `Save one with orchestrate plan --out FILE; phases are named with --phases ${basename(path)}.`,
    });
  }
  try {
    return PlanDocument.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const why =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new OrchestrateError(
      {
        error: "plan-unreadable",
        category: "input",
        detail: `${path} is not a saved plan: ${why}`,
        hint: "Make one with orchestrate plan --out FILE.",
      },
      { cause: error },
    );
  }
}

/** @throws OrchestrateError `plan-drifted` (policy) naming what is no longer as it was planned. */
export function refusePlanDrift({ path, document }: SavedPlan, project: Project, prepared: PreparedRun): void {
  const now = decided(project, prepared);
  const drift: string[] = [];
  if (now.pipeline !== document.pipeline) drift.push("the pipeline");
  for (const step of new Set([...Object.keys(now.code), ...Object.keys(document.code)])) {
    if (now.code[step] !== document.code[step]) drift.push(`the code of ${step}`);
  }
  for (const id of new Set([...Object.keys(now.entries), ...Object.keys(document.entries)])) {
    const before = document.entries[id];
    const after = now.entries[id];
    if (before?.decision !== after?.decision)
      drift.push(`${id} (was to ${word(before?.decision)}, now ${word(after?.decision)})`);
    else if (before?.fingerprint !== after?.fingerprint) drift.push(`${id} (its inputs or config)`);
  }
  if (drift.length === 0) return;
  const shown = drift.length > 8 ? [...drift.slice(0, 8), `${drift.length - 8} more`] : drift;
  throw new OrchestrateError({
    error: "plan-drifted",
    category: "policy",
    detail: `This is no longer as ${path} says: ${shown.join("; ")}.`,
    hint: "Look at a new plan, and save that one with orchestrate plan --out.",
  });
}

function word(decision: "run" | "reuse" | "pending" | undefined): string {
  return decision === "pending" ? "depend on others" : (decision ?? "be absent");
}
