import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { extname, join, relative, resolve, sep } from "node:path";
import { digestBytes } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { unreachable } from "../../core/unreachable.ts";
import { INDEX_FILE } from "../index/index-file.ts";
import { type CodeStamp, stampOf } from "./code-stamp.ts";
import type { CodeRequest } from "./digest-code.ts";
import { Lockfiles } from "./lockfiles.ts";
import { PackageScopes } from "./package-scopes.ts";
import { isModule, readImports } from "./read-imports.ts";
import { packageEntry, resolveSpecifier } from "./resolve-specifier.ts";

/** Walks from a module to all that it can run, and notes what it looked at. Used once. */
export class ModuleGraph {
  readonly #request: CodeRequest;
  readonly #scopes = new PackageScopes((path) => this.#stamp(path));
  readonly #lockfiles = new Lockfiles((path) => this.#stamp(path));
  readonly #files = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #stamps = new Map<string, CodeStamp>();
  readonly #seen = new Set<string>();
  readonly #waiting: string[] = [];

  constructor(request: CodeRequest) {
    this.#request = request;
  }

  /** The entry's name within its package, and all files and packages, sorted by name. */
  async collect(): Promise<{ readonly entry: string; readonly files: Readonly<Record<string, string>> }> {
    const entry = realpathSync.native(this.#request.entry);
    this.#follow(entry);
    for (const path of this.#request.extra) this.#addExtra(path);
    for (let file = this.#waiting.pop(); file !== undefined; file = this.#waiting.pop()) await this.#visit(file);
    return {
      entry: this.#nameOf(entry),
      files: Object.fromEntries([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  /** Every path whose change could change the answer. */
  stamps(): readonly CodeStamp[] {
    return [...this.#stamps.values()];
  }

  #follow(file: string): void {
    if (this.#seen.has(file)) return;
    this.#seen.add(file);
    this.#waiting.push(file);
  }

  async #visit(file: string): Promise<void> {
    this.#stamp(file);
    const bytes = readFileSync(file);
    this.#record(file, bytes);
    if (!isModule(extname(file))) return;
    const { specifiers, opaque } = await readImports(bytes.toString("utf8"), extname(file));
    for (const specifier of specifiers) this.#import(specifier, file);
    if (opaque) this.#addWhole(this.#scopes.of(file)?.directory ?? this.#request.directory);
  }

  #import(specifier: string, importer: string): void {
    const found = resolveSpecifier(specifier, importer, this.#scopes);
    switch (found.kind) {
      case "builtin":
        return;
      case "path":
        this.#addPath(found.path);
        return;
      case "package":
        // A nearer one, or another behind the same link, would be taken instead.
        for (const path of found.looked) this.#stamp(path);
        this.#addPackage(found.directory, found.subpath);
        return;
      case "absent":
        // What is missing now may be there later, and then counts.
        for (const path of found.looked) this.#stamp(path);
        return;
      default:
        unreachable(found);
    }
  }

  #addPath(path: string): void {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) this.#stamp(path);
    else if (stats.isDirectory()) this.#addBelow(realpathSync.native(path));
    else this.#follow(realpathSync.native(path));
  }

  #addPackage(directory: string, subpath: string): void {
    const locked = this.#lockfiles.closure(directory);
    if (locked === undefined) {
      const entry = packageEntry(directory, subpath, this.#scopes);
      if (entry === undefined) this.#addWhole(directory);
      else this.#addPath(entry);
      return;
    }
    for (const [name, integrity] of locked.packages) this.#files.set(name, integrity);
    for (const linked of locked.links) this.#addWhole(linked);
  }

  /** All files of a package, and all packages that it declares. */
  #addWhole(directory: string): void {
    if (this.#seen.has(`${directory}${sep}`)) return;
    this.#seen.add(`${directory}${sep}`);
    this.#addBelow(directory);
    const importer = join(directory, "package.json");
    for (const name of this.#scopes.dependencies(directory)) this.#import(name, importer);
  }

  #addBelow(directory: string): void {
    this.#stamp(directory);
    const entries = readdirSync(directory, { withFileTypes: true });
    // A directory with an index of runs holds results, not code.
    if (entries.some(({ name }) => name === INDEX_FILE)) return;
    for (const entry of entries) {
      if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      const path = join(directory, entry.name);
      if (entry.isDirectory()) this.#addBelow(path);
      else if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) this.#addContent(path);
    }
  }

  #addContent(file: string): void {
    this.#stamp(file);
    this.#record(file, readFileSync(file));
  }

  /** Two packages may have one name, in different versions; then the second file says so in its own. */
  #record(file: string, bytes: Uint8Array): void {
    let name = this.#nameOf(file);
    while ((this.#names.get(name) ?? file) !== file) name += " (another)";
    this.#names.set(name, file);
    this.#files.set(name, digestBytes(bytes));
  }

  #addExtra(path: string): void {
    const { directory } = this.#request;
    const absolute = resolve(directory, path);
    if (!absolute.startsWith(directory + sep)) {
      const detail = `The code file ${JSON.stringify(path)} of ${this.#nameOf(this.#request.entry)} lies outside of ${directory}.`;
      throw problem("code-path-escapes", detail, "Declare only files of the package itself in `code`.");
    }
    if (statSync(absolute, { throwIfNoEntry: false }) === undefined) {
      const detail = `The code file ${JSON.stringify(path)} of ${this.#nameOf(this.#request.entry)} is not at ${absolute}.`;
      throw problem("code-file-missing", detail, "Build or install the package anew, or correct its `code`.");
    }
    this.#addPath(absolute);
  }

  #nameOf(file: string): string {
    const scope = this.#scopes.of(file);
    const inside = relative(scope?.directory ?? this.#request.directory, file)
      .split(sep)
      .join("/");
    return scope === undefined ? inside : `${scope.name}/${inside}`;
  }

  #stamp(path: string): void {
    if (!this.#stamps.has(path)) this.#stamps.set(path, stampOf(path));
  }
}

function problem(error: string, detail: string, hint: string): OrchestrateError {
  return new OrchestrateError({ error, category: "input", detail, hint });
}
