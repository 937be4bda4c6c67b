import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { filterChain } from "../filter/filter-chain.ts";
import { loadFilter } from "../filter/load-filter.ts";
import type { Filter } from "../filter/model.ts";
import type { Policy } from "../policy/policy.ts";
import { resolvePolicy } from "../policy/resolve-policy.ts";
import { makeFailureReport } from "./failure-report.ts";
import type { RecordConfig } from "./record-config.ts";
import { recordingId } from "./recording-id.ts";
import { type Target, targetOf } from "./target.ts";

export interface SessionOptions {
  readonly config: RecordConfig;
  /** Files of the project that the config names: as written, to absolute path. */
  readonly code: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly now: number;
  readonly token: string;
}

/** All that is decided before a program is started, and the directory that it and the recorder share. */
export interface Session extends Disposable {
  readonly id: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly target: Target;
  readonly policy: Policy;
  readonly filter: Filter;
  readonly config: RecordConfig;
  /** The directory of the program: what modules are named from. */
  readonly root: string;
  /** Absolute; removed when the session is disposed of. */
  readonly directory: string;
  /** The file that the tracer appends to. */
  readonly stream: string;
  /** The file in which the tracer reports that it failed. */
  readonly failure: string;
}

/**
 * Decides program, policy and filters, and makes the session's directory in the working directory. Nothing is made
 * where anything is wrong.
 *
 * @throws StepError `project-file-missing`, `recorder-target-unknown`, `recorder-policy-invalid` or one of the
 * filter's.
 */
export function openSession({ config, code, env, now, token }: SessionOptions): Session {
  const file = (written: string, field: string) => code[written] ?? missing(written, field);
  const program = file(config.program, "program");
  const policy = resolvePolicy(config.policy, env);
  const chain = filterChain({
    program,
    builtin: config.builtin,
    environment: env.CODETRACER_TRACE_FILTER,
    files: config.filters.map((written) => file(written, "filters")),
  });
  const root = dirname(program);
  const filter = loadFilter(chain, root);
  const target = config.target === "auto" ? targetOf(program) : config.target;
  const directory = resolve(".recorder");
  mkdirSync(directory);
  const stream = join(directory, "stream");
  const failure = join(directory, "failure");
  writeFileSync(stream, "");
  makeFailureReport(failure);
  return {
    id: recordingId(now, token),
    program,
    args: config.args,
    target,
    policy,
    filter,
    config,
    root,
    directory,
    stream,
    failure,
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function missing(written: string, field: string): never {
  throw new StepError({
    error: "project-file-missing",
    category: "input",
    detail: `"${written}", which the config names in ${field}, is no file below the pipeline's directory.`,
    hint: "Write its path relative to the pipeline file.",
  });
}
