import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { codeStrings, projectFiles } from "@orchestrate/sdk/runtime";
import type { Json } from "../../core/pipeline/pipeline.ts";

/** What configs were found to name as code. It changes as files appear and go, with no file changing. */
export interface CodeLookups {
  /** Strings that stand where code may be named. */
  readonly strings: readonly string[];
  /** Those of them that are files of the project. */
  readonly files: readonly string[];
  /** Programs by name, to where PATH leads; null where it leads nowhere. */
  readonly programs: Readonly<Record<string, string | null>>;
}

/** Whether every name still leads to what it led to. */
export function sameLookups(lookups: CodeLookups, root: string, path: string): boolean {
  const files = Object.keys(projectFiles({ strings: lookups.strings }, ["strings"], root));
  return (
    files.join("\n") === lookups.files.join("\n") &&
    Object.entries(lookups.programs).every(([name, found]) => (findProgram(name, path) ?? null) === found)
  );
}

/** Looks up what configs name as code, each name once, and keeps what came out. */
export class CodeFinder {
  readonly #root: string;
  readonly #path: string;
  readonly #strings = new Set<string>();
  readonly #files = new Set<string>();
  readonly #programs = new Map<string, string | undefined>();

  /** @param path the variable PATH */
  constructor(root: string, path: string) {
    this.#root = root;
    this.#path = path;
  }

  /** As `projectFiles`. */
  files(config: Json, fields: readonly string[]): Readonly<Record<string, string>> {
    const named = projectFiles(config, fields, this.#root);
    for (const text of codeStrings(config, fields)) this.#strings.add(text);
    for (const text of Object.keys(named)) this.#files.add(text);
    return named;
  }

  program(name: string): string | undefined {
    if (!this.#programs.has(name)) this.#programs.set(name, findProgram(name, this.#path));
    return this.#programs.get(name);
  }

  lookups(): CodeLookups {
    const strings = [...this.#strings];
    const programs = Object.fromEntries([...this.#programs].map(([name, path]) => [name, path ?? null]));
    return { strings, files: strings.filter((text) => this.#files.has(text)), programs };
  }
}

function findProgram(name: string, path: string): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  if (name.includes("/")) return undefined;
  return path
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
