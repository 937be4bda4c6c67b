import { join, resolve } from "node:path";
import { digestJson } from "@orchestrate/manifests";
import { resolvePipeline } from "../../core/pipeline/resolve-pipeline.ts";
import { parseScalar } from "../../io/config/parse-scalar.ts";
import { makeLastingDirectory } from "../../io/make-lasting-directory.ts";
import type { CommandModule } from "../invocation.ts";
import { nestFields } from "../nest-fields.ts";
import type { Project } from "../open-project.ts";
import { placeStepIssues } from "../place-step-issues.ts";
import { readNumber } from "../read-number.ts";
import { type NetworkOptions, refuseNetwork } from "../refuse-network.ts";
import { runPrepared } from "../run-pipeline.ts";
import { withWorkbench } from "../with-workbench.ts";

interface StepOptions extends NetworkOptions {
  readonly with?: readonly string[];
  readonly input?: readonly string[];
  readonly seed?: string;
  readonly runsDir?: string;
}

/** `orchestrate step NAME`: a pipeline of one phase, named `step`, made on the spot. */
export const run: CommandModule["run"] = async (invocation, [name = ""], given) => {
  const options = given as StepOptions;
  const runsDirectory = resolve(invocation.cwd, options.runsDir ?? "runs");
  refuseNetwork(runsDirectory, options);
  const inputs = nestFields("--input", options.input, (path) => ({ path }));
  const document = {
    pipeline: "step",
    // What a sink keeps for another step, or of other files, is of another phase in all but the name.
    state: digestJson([name, inputs]).slice("sha256:".length, "sha256:".length + 12),
    ...(options.seed === undefined ? {} : { seed: readNumber("--seed", options.seed, { from: 0 }) }),
    phases: {
      step: {
        step: name,
        with: nestFields("--with", options.with, parseScalar),
        inputs,
      },
    },
  };
  const resolvedDocument = await resolveOrPlace(document);
  const project: Project = {
    ...resolvedDocument,
    root: invocation.cwd,
    file: join(invocation.cwd, "step"),
    profile: null,
    overrides: [],
    place: placeStepIssues,
  };
  makeLastingDirectory(runsDirectory);
  const selection = { phases: [], force: [], from: [], reuse: "allowed", concurrency: null } as const;
  const { environment } = invocation;
  return withWorkbench({ runsDirectory, root: project.root, environment }, (bench) =>
    runPrepared({
      invocation,
      options: {},
      project,
      runsDirectory,
      bench,
      selection,
      saved: undefined,
      request: undefined,
    }),
  );
};

async function resolveOrPlace(document: unknown) {
  try {
    return resolvePipeline(document);
  } catch (error) {
    throw await placeStepIssues(error);
  }
}
