const PLAN = "`orchestrate plan` shows what run would do, and why; it starts no step.";
const RUNS = "`orchestrate runs` lists the runs, `orchestrate show` tells of one.";
const PARALLEL = "Write -j NUMBER, or --concurrency NUMBER.";
const ANEW = "--no-cache reuses nothing; --from PHASE runs a phase again, and all that depends on it.";
const PART = "--phases NAMES runs these phases and all that they depend on; what has not changed is reused.";
const VALUE = "--set PHASE.with.FIELD=VALUE sets a value of the pipeline.";
const DELETE = "`orchestrate gc --keep 10` deletes the runs that nothing needs; --dry-run shows which.";

/** Options and commands of other tools, written out of habit, and what does it here. */
export const FOREIGN_WORDS: ReadonlyMap<string, string> = new Map([
  ["--dry-run", PLAN],
  ["--dryrun", PLAN],
  ["-n", PLAN],
  ["validate", PLAN],
  ["lint", PLAN],
  ["--jobs", PARALLEL],
  ["--cores", PARALLEL],
  ["--forceall", ANEW],
  ["--always-make", ANEW],
  ["-F", ANEW],
  ["-B", ANEW],
  ["--only", PART],
  ["--until", PART],
  ["--target", PART],
  ["--skip", "A phase that has not changed is reused; `enabled: false` in the pipeline or a profile takes one out."],
  ["--param", VALUE],
  ["--params", VALUE],
  ["--resume", "`orchestrate resume` goes on with a run that was stopped."],
  ["-resume", "`orchestrate resume` goes on with a run that was stopped."],
  ["dag", "`orchestrate plan --graph mermaid` draws the graph."],
  ["graph", "`orchestrate plan --graph mermaid` draws the graph."],
  ["status", RUNS],
  ["list", RUNS],
  ["ls", RUNS],
  ["repro", "`orchestrate run` runs what has changed, and reuses the rest."],
  ["clean", DELETE],
  ["prune", DELETE],
  ["rm", DELETE],
  [
    "init",
    "Write an orchestrate.config.yaml with `pipeline: NAME` and `phases:`; `orchestrate plugins add PACKAGE` brings steps.",
  ],
  ["version", "Write orchestrate --version."],
  ["help", "Write orchestrate --help, or orchestrate COMMAND --help."],
]);
