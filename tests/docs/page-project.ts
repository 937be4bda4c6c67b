import { execFile } from "node:child_process";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scratch } from "../rig/scratch-directory.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

const COMPILER = {
  target: "es2024",
  lib: ["es2024", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
};

/** How a script of a page ended. */
export interface ScriptEnded {
  readonly status: number;
  readonly output: string;
}

/**
 * The directory in which a page's reader sits: the files that the page shows are written there, its commands run there.
 * All that the repository has installed is installed there, and so is every package that the page itself writes.
 */
export class PageProject {
  readonly directory: string;

  constructor(scratch: Scratch) {
    this.directory = join(scratch.directory(), "project");
    this.write("package.json", '{ "private": true, "type": "module" }');
    const installed = join(REPOSITORY, "node_modules");
    mkdirSync(join(this.directory, "node_modules/@orchestrate"), { recursive: true });
    for (const name of [...readdirSync(installed), ...readdirSync(join(installed, "@orchestrate")).map(scoped)]) {
      const to = join(this.directory, "node_modules", name);
      if (!existsSync(to)) symlinkSync(join(installed, name), to);
    }
  }

  write(path: string, text: string | Uint8Array): void {
    const file = resolve(this.directory, path);
    if (!file.startsWith(`${this.directory}/`)) throw new Error(`${path} lies outside of the project`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (path.endsWith("/package.json")) this.#install(dirname(file));
  }

  /** Runs shell lines up to the first that fails. `npx` finds what is installed; `npm` does nothing, since all is. */
  sh(script: string): Promise<ScriptEnded> {
    return this.run(["sh", "-c", `set -eu\nnpx() { "$@"; }\nnpm() { :; }\n${script}`], "");
  }

  run([program, ...args]: readonly [string, ...string[]], input: string): Promise<ScriptEnded> {
    const { VITEST: _vitest, VITEST_MODE: _mode, NODE_ENV: _environment, ...environment } = process.env;
    const PATH = [join(this.directory, "node_modules/.bin"), environment.PATH].join(delimiter);
    const options = { cwd: this.directory, env: { ...environment, PATH, NO_COLOR: "1" }, maxBuffer: 2 ** 26 };
    return new Promise((done) => {
      const child = execFile(program, args, options, (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        done({ status, output: `${stdout}${stderr}` });
      });
      // A program that ends without reading its input is no fault.
      child.stdin?.on("error", () => {}).end(input);
    });
  }

  /** What the compiler says against the TypeScript and JavaScript that was written. */
  async typeFaults(): Promise<readonly string[]> {
    const files = globSync("**/*.{ts,js}", { cwd: this.directory, exclude: ["**/node_modules/**", "**/dist/**"] });
    if (files.length === 0) return [];
    this.write("tsconfig.page.json", JSON.stringify({ compilerOptions: COMPILER, files }));
    const { status, output } = await this.run(["tsc", "-p", "tsconfig.page.json"], "");
    return status === 0 ? [] : output.trim().split("\n");
  }

  #install(directory: string): void {
    const { name } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { readonly name: string };
    const to = join(this.directory, "node_modules", name);
    if (!existsSync(to)) symlinkSync(directory, to);
  }
}

function scoped(name: string): string {
  return `@orchestrate/${name}`;
}
