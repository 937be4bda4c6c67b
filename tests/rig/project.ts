import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ended, Engine, type EngineOptions } from "./engine.ts";
import type { Scratch } from "./scratch-directory.ts";

export interface ProjectOptions {
  /** The pipeline's document; where it is left out, `files` brings it. */
  readonly pipeline?: object;
  /** By path. */
  readonly files?: Readonly<Record<string, string>>;
  /** `linked`: the fixture plugin in place. `copied`: a copy of it, which the test may change. */
  readonly plugin?: "linked" | "copied";
  /** What plugins.json says; the fixture plugin where it is left out. */
  readonly plugins?: readonly string[];
  /** Another project whose index is taken over, so that the plugins need not be asked again. */
  readonly knowsPluginsFrom?: Project;
}

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const PLUGIN = join(REPOSITORY, "tests/fixtures/plugin-rig");

/** A directory with a pipeline and the fixture plugin, and the command line in it. */
export class Project {
  readonly directory: string;
  /** Where the fixture's steps leave their traces and find the test's gate: their TMPDIR. */
  readonly outside: string;

  constructor(scratch: Scratch, options: ProjectOptions) {
    this.directory = join(scratch.directory(), "p");
    this.outside = join(this.directory, "../t");
    mkdirSync(join(this.directory, "node_modules"), { recursive: true });
    mkdirSync(this.outside);
    for (const [path, text] of Object.entries(options.files ?? {})) this.write(path, text);
    if (options.pipeline !== undefined) this.pipeline(options.pipeline);
    const plugins = options.plugins ?? ["orchestrate-plugin-rig"];
    this.write("plugins.json", JSON.stringify({ plugins }));
    this.#bring("orchestrate-plugin-rig", PLUGIN, options.plugin ?? "linked");
    for (const name of plugins.filter((plugin) => plugin.startsWith("@orchestrate/")))
      this.#bring(name, join(REPOSITORY, "node_modules", name), "linked");
    this.#bring("@orchestrate/sdk", join(REPOSITORY, "engine/sdk"), "linked");
    if (options.knowsPluginsFrom !== undefined) {
      mkdirSync(this.path("runs"));
      cpSync(options.knowsPluginsFrom.path("runs/.index.sqlite"), this.path("runs/.index.sqlite"));
    }
  }

  #bring(name: string, from: string, how: "linked" | "copied"): void {
    const to = this.path("node_modules", name);
    if (existsSync(to)) return;
    mkdirSync(dirname(to), { recursive: true });
    if (how === "linked") symlinkSync(from, to);
    else cpSync(from, to, { recursive: true });
  }

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  pipeline(document: object): void {
    this.write("orchestrate.config.json", JSON.stringify(document, null, 2));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Replaces a text that stands in a file. */
  rewrite(path: string, from: string, to: string): void {
    const text = readFileSync(this.path(path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    this.write(path, text.replaceAll(from, to));
  }

  start(words: readonly string[], options: Omit<EngineOptions, "cwd"> = {}): Engine {
    const { env, ...rest } = options;
    return new Engine(words, { cwd: this.directory, env: { TMPDIR: this.outside, ...env }, ...rest });
  }

  orchestrate(words: readonly string[], options: Omit<EngineOptions, "cwd"> = {}): Promise<Ended> {
    return this.start(words, options).ended;
  }

  /** The names of all directories that could be runs, the oldest first. */
  runs(): readonly string[] {
    const directory = this.path("runs");
    return existsSync(directory)
      ? readdirSync(directory)
          .filter((name) => !name.startsWith("."))
          .sort()
      : [];
  }

  /** The directory of the only run. */
  onlyRun(): string {
    const runs = this.runs();
    if (runs.length !== 1) throw new Error(`there are ${runs.length} runs`);
    return this.path("runs", runs[0]!);
  }

  /** The names under which the fixture's steps were executed, in order. */
  executions(): readonly string[] {
    const file = join(this.outside, "executions");
    return existsSync(file)
      ? readFileSync(file, "utf8")
          .split("\n")
          .filter((line) => line !== "")
      : [];
  }
}
