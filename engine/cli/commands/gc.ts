import { join } from "node:path";
import { decideRetention } from "../../core/retention/decide-retention.ts";
import { leftovers } from "../../io/run-directory/leftovers.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRuns, type RunsOptions, runNames } from "../locate-runs.ts";
import { readNumber } from "../read-number.ts";
import { type NetworkOptions, refuseNetwork } from "../refuse-network.ts";
import { reportError, usageError } from "../report-error.ts";
import { collect, rehearse } from "../retention/collect.ts";
import type { Collection } from "../retention/collection.ts";
import { describeCollection } from "../retention/describe-collection.ts";
import { keepIndexTrue } from "../retention/keep-index-true.ts";
import { readRunFacts } from "../retention/read-run-facts.ts";

interface GcOptions extends RunsOptions, NetworkOptions {
  readonly keep?: string;
  readonly dryRun?: true;
}

/** `orchestrate gc --keep N`: deletes the runs that nothing needs, and what failed attempts left in those that stay. */
export const run: CommandModule["run"] = async (invocation, _args, given) => {
  const options = given as GcOptions;
  const keep = numberToKeep(options.keep);
  const directory = await locateRuns(invocation, options);
  refuseNetwork(directory, options);
  const facts = await readRunFacts(runNames(directory).map((run) => join(directory, run)));
  const retention = decideRetention(facts, keep);
  const left = facts
    .filter(({ run, standing }) => standing === "succeeded" && retention.kept.has(run))
    .flatMap(({ run }) => leftovers(join(directory, run)));
  const collection =
    options.dryRun === true
      ? rehearse(directory, retention, left)
      : await keepIndexTrue(directory, retention.kept.keys(), () => collect(directory, retention, left));
  if (invocation.format === "json") invocation.print(JSON.stringify(asJson(collection)));
  else invocation.print(describeCollection(invocation, collection));
  const [failure] = collection.failures;
  return failure === undefined ? EXIT_STATUS.ok : reportError(invocation, failure);
};

/** Nothing is deleted by default. */
function numberToKeep(text: string | undefined): number {
  if (text !== undefined) return readNumber("--keep", text, { from: 0 });
  throw usageError(
    "gc deletes runs, and was not told how many to keep.",
    "`orchestrate gc --keep 10 --dry-run` shows what would go if the newest ten of each pipeline stay.",
  );
}

function asJson({ mode, kept, failures, ...collection }: Collection): object {
  return {
    ...collection,
    dry_run: mode === "dry-run",
    kept: [...kept].map(([run, because]) => ({ run, ...because })),
  };
}
