import type { CommandModule } from "./invocation.ts";

/** A command as data: what `--help` shows, and the module that is loaded once it is called. */
export interface CommandEntry {
  /** As commander writes it: `logs <phase>`, `resume [run]`. A space in the name makes a subcommand. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionEntry[];
  load(): Promise<CommandModule>;
}

export interface OptionEntry {
  readonly flags: string;
  readonly summary: string;
  /** `many`: may be given again and again. `list`: parted by commas, and may be given again. `once`: not again. */
  readonly values?: "many" | "list" | "once";
}

const file: OptionEntry = {
  flags: "-f, --file <path>",
  summary: "the pipeline file (default: the nearest orchestrate.config.*)",
};
const runsDir: OptionEntry = {
  flags: "--runs-dir <path>",
  summary: "where runs are kept (default: runs beside the pipeline)",
};
const profile: OptionEntry = {
  flags: "-p, --profile <name>",
  summary: "a profile to lay over the pipeline",
  values: "once",
};
const set: OptionEntry = {
  flags: "--set <path=value>",
  summary: "set a value, as train.with.epochs=2; may be given again",
  values: "many",
};
const seed: OptionEntry = { flags: "--seed <number>", summary: "the seed that all randomness comes from" };
const phases: OptionEntry = {
  flags: "--phases <names>",
  summary: "these phases, parted by commas, and all they depend on (default: all)",
  values: "list",
};
const force: OptionEntry = {
  flags: "--force <phases>",
  summary: "run these phases even where they could be reused",
  values: "list",
};
const from: OptionEntry = {
  flags: "--from <phases>",
  summary: "run these phases again, and all that depends on them",
  values: "list",
};
const noCache: OptionEntry = { flags: "--no-cache", summary: "reuse nothing" };
const network: OptionEntry = {
  flags: "--allow-network-filesystem",
  summary: "keep runs on a network file system, where locks can't be trusted",
};
const concurrency: OptionEntry = {
  flags: "-j, --concurrency <number>",
  summary: "attempts at once (default: one for each core)",
};
const keepGoing: OptionEntry = {
  flags: "-k, --keep-going",
  summary: "after a failure, run all that does not depend on it",
};

/** Which pipeline, how it is resolved, and where its runs are. */
const resolved: readonly OptionEntry[] = [file, profile, set, seed, runsDir];
/** Which phases, and what of earlier runs may be reused. */
const selection: readonly OptionEntry[] = [phases, force, from, noCache];

/** Every command of the engine, in the order of `--help`. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    usage: "run [plan]",
    summary: "run the pipeline, or a saved plan",
    options: [
      ...selection,
      ...resolved,
      concurrency,
      keepGoing,
      { flags: "--new-run", summary: "make a run directory even where everything is reused" },
      network,
    ],
    load: () => import("./commands/run.ts"),
  },
  {
    usage: "resume [run]",
    summary: "go on with a run that was killed or failed (default: the newest)",
    options: [concurrency, keepGoing, file, runsDir, network],
    load: () => import("./commands/resume.ts"),
  },
  {
    usage: "plan",
    summary: "show what run would do, and why",
    options: [
      ...selection,
      ...resolved,
      { flags: "-o, --out <file>", summary: "save the plan, for `run FILE`" },
      { flags: "--graph <format>", summary: "draw the graph: mermaid" },
    ],
    load: () => import("./commands/plan.ts"),
  },
  {
    usage: "explain <phase>",
    summary: "tell why a phase runs or is reused, field by field",
    options: resolved,
    load: () => import("./commands/explain.ts"),
  },
  {
    usage: "step <name>",
    summary: "run one step without a pipeline",
    options: [
      { flags: "--with <field=value>", summary: "a config field; may be given again", values: "many" },
      { flags: "--input <name=path>", summary: "an input; may be given again", values: "many" },
      seed,
      runsDir,
      network,
    ],
    load: () => import("./commands/step.ts"),
  },
  { usage: "runs", summary: "list the runs", options: [file, runsDir], load: () => import("./commands/runs.ts") },
  {
    usage: "show [run]",
    summary: "show a run: phases, artifacts, metrics",
    options: [file, runsDir],
    load: () => import("./commands/show.ts"),
  },
  {
    usage: "logs <phase> [run]",
    summary: "show the log of a phase, as phase or phase[key]",
    options: [{ flags: "--follow", summary: "go on until the phase ends" }, file, runsDir],
    load: () => import("./commands/logs.ts"),
  },
  {
    usage: "diff <a> <b>",
    summary: "compare two runs: configs, code, inputs, outputs, metrics",
    options: [file, runsDir],
    load: () => import("./commands/diff.ts"),
  },
  {
    usage: "verify [run]",
    summary: "check every digest of a run, by name or directory",
    options: [
      { flags: "--sources <mode>", summary: "check or skip what lies outside the run (default: check)" },
      file,
      runsDir,
    ],
    load: () => import("./commands/verify.ts"),
  },
  {
    usage: "reproduce [run]",
    summary: "compute a run again, and tell which results are the same",
    options: [
      { ...phases, summary: "compute these, parted by commas, and reuse what they depend on (default: all)" },
      concurrency,
      keepGoing,
      file,
      runsDir,
      network,
    ],
    load: () => import("./commands/reproduce.ts"),
  },
  {
    usage: "gc",
    summary: "delete the runs that nothing needs",
    options: [
      { flags: "--keep <number>", summary: "how many of the newest runs to keep of each pipeline; must be given" },
      { flags: "--dry-run", summary: "show what would be deleted, and delete nothing" },
      file,
      runsDir,
      network,
    ],
    load: () => import("./commands/gc.ts"),
  },
  {
    usage: "profile list",
    summary: "list the profiles",
    options: [file],
    load: () => import("./commands/profile-list.ts"),
  },
  {
    usage: "profile describe <name>",
    summary: "show a profile",
    options: [{ flags: "--format <format>", summary: "yaml or json (default: yaml)" }, file],
    load: () => import("./commands/profile-describe.ts"),
  },
  {
    usage: "plugins list",
    summary: "list the plugins that are on, and what they contribute",
    options: [file],
    load: () => import("./commands/plugins-list.ts"),
  },
  {
    usage: "plugins describe <name>",
    summary: "show a plugin: its steps, configs, inputs, outputs, services",
    options: [file],
    load: () => import("./commands/plugins-describe.ts"),
  },
  {
    usage: "plugins add <package>",
    summary: "install a plugin and switch it on: a package, a version of it, an archive or a directory",
    options: [{ flags: "-y, --yes", summary: "allow what it says it needs, without being asked" }, file],
    load: () => import("./commands/plugins-add.ts"),
  },
  {
    usage: "plugins remove <name>",
    summary: "switch a plugin off and uninstall it",
    options: [file],
    load: () => import("./commands/plugins-remove.ts"),
  },
  {
    usage: "plugins doctor",
    summary: "tell what is off with the plugins, and what to do",
    options: [file],
    load: () => import("./commands/plugins-doctor.ts"),
  },
  {
    usage: "plugins new <name>",
    summary: "begin a plugin: a package with a step, its tests and a README",
    options: [{ flags: "--language <language>", summary: "typescript or javascript (default: typescript)" }],
    load: () => import("./commands/plugins-new.ts"),
  },
  {
    usage: "plugins check [directory]",
    summary: "check a plugin that you write, from its package.json to the conformance suite",
    options: [
      { flags: "--timeout <duration>", summary: "for reading a contract, and for each part's suite (default: 60s)" },
    ],
    load: () => import("./commands/plugins-check.ts"),
  },
  {
    usage: "doctor",
    summary: "check this machine and the plugins",
    options: [file, runsDir],
    load: () => import("./commands/doctor.ts"),
  },
  {
    usage: "schema [name]",
    summary: "print a JSON Schema: pipeline, profile, plugins, plugin, manifest, …",
    options: [],
    load: () => import("./commands/schema.ts"),
  },
  {
    usage: "completion <shell>",
    summary: "print the completion script for bash, zsh, fish or powershell",
    options: [],
    load: () => import("./commands/completion.ts"),
  },
];
