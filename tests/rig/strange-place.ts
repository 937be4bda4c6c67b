import { execFile } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Scratch } from "./scratch-directory.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** How a command line ended. */
export interface LineEnded {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * An empty folder outside of the repository, and what somebody has there who never saw the repository: Node, npm, and
 * the packages as they are published, in `packs/`. Nothing on the PATH or in the environment leads back.
 */
export class StrangePlace {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** @param packages directories of packages, relative to the repository; built already */
  static async open(scratch: Scratch, packages: readonly string[]): Promise<StrangePlace> {
    const place = new StrangePlace(realpathSync(scratch.directory()));
    mkdirSync(place.path("bin"));
    mkdirSync(place.path("packs"));
    copyFileSync(process.execPath, place.path("bin/node"));
    chmodSync(place.path("bin/node"), 0o755);
    const directories = packages.map((each) => join(REPOSITORY, each));
    const words = ["pack", "--silent", "--ignore-scripts", "--pack-destination", place.path("packs"), ...directories];
    await promisify(execFile)("npm", words, { cwd: place.directory });
    return place;
  }

  /** The archives of all packages, or of these, by the name that npm gives an archive, without version. */
  packs(...names: readonly string[]): string {
    const all = globSync("*.tgz", { cwd: this.path("packs") });
    const found =
      names.length === 0 ? all : names.map((name) => all.find((pack) => pack.replace(/-\d.*$/, "") === name));
    return found.map((pack, at) => this.path("packs", pack ?? `${names[at]} was not packed`)).join(" ");
  }

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  write(path: string, content: string | object): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }

  /** Replaces texts that stand in a file. */
  edit(path: string, changes: readonly (readonly [from: string, to: string])[]): void {
    let text = readFileSync(this.path(path), "utf8");
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      text = text.replaceAll(from, to);
    }
    this.write(path, text);
  }

  /** Brings a folder of the repository, without what is installed or built in it. */
  bring(from: string, to: string): void {
    const left = /[\\/](node_modules|dist|runs)([\\/]|$)/;
    cpSync(join(REPOSITORY, from), this.path(to), {
      recursive: true,
      filter: (path) => !left.test(path.slice(REPOSITORY.length)),
    });
  }

  /** Runs a command line in a folder, and fails with its words where it ends otherwise than with `status`. */
  async sh(
    folder: string,
    line: string,
    expected: { readonly status?: number; readonly env?: object } = {},
  ): Promise<LineEnded> {
    const env = { ...this.#environment(), ...expected.env };
    const ended = await new Promise<LineEnded>((resolve) => {
      execFile("sh", ["-c", line], { cwd: this.path(folder), env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : typeof error.code === "number" ? error.code : 137, stdout, stderr });
      });
    });
    if (ended.status === (expected.status ?? 0)) return ended;
    throw new Error(`${line} ended with ${ended.status}:\n${ended.stdout}\n${ended.stderr}`);
  }

  /** Every link, lockfile and package.json below the place that leads into the repository. */
  pathsIntoRepository(): readonly string[] {
    const entries = globSync("**/*", { cwd: this.directory, withFileTypes: true });
    return entries
      .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
      .filter(({ entry, path }) => {
        if (entry.isSymbolicLink()) return realpathSync(path).startsWith(REPOSITORY);
        return (
          entry.isFile() && /package(-lock)?\.json$/.test(entry.name) && readFileSync(path, "utf8").includes(REPOSITORY)
        );
      })
      .map(({ path }) => path);
  }

  #environment(): Record<string, string> {
    const away = (entry: string) => !entry.startsWith(REPOSITORY);
    const entries = Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(npm_|NODE_ENV|NODE_OPTIONS|NODE_PATH|VITEST|INIT_CWD)/.test(entry[0]),
    );
    const PATH = [this.path("bin"), ...(process.env.PATH ?? "").split(delimiter).filter(away)].join(delimiter);
    return {
      ...Object.fromEntries(entries),
      PATH,
      NO_COLOR: "1",
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
    };
  }
}
