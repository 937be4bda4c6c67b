import { relative, resolve } from "node:path";
import { type Digest, unchangedButForLinks, unchangedSince } from "@orchestrate/manifests";
import { codeStrings } from "@orchestrate/sdk/runtime";
import type { Json } from "../../core/pipeline/pipeline.ts";
import { platformDigest } from "../../core/plan/fingerprint.ts";
import type { CodeNames, ProjectCode, Source, Surroundings } from "../../run/ports/surroundings.ts";
import { digestSource } from "../index/digest-source.ts";
import type { Index } from "../index/index-port.ts";
import { CodeFinder, type CodeLookups } from "./code-lookups.ts";
import { thisPlatform } from "./this-platform.ts";

export interface MachineOptions {
  /** The pipeline's directory, from which relative paths start. */
  readonly root: string;
  readonly index: Pick<Index, "source" | "putSource">;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** With all that was looked at, so that it can be told later whether anything of it changed. */
export interface MachineSurroundings extends Surroundings {
  seen(): Promise<{ readonly sources: readonly Source[]; readonly lookups: CodeLookups }>;
}

/** This machine's files and environment. What was looked at once holds for the whole command; commits look again. */
export function machineSurroundings({ root, index, environment }: MachineOptions): MachineSurroundings {
  const seen = new Map<string, Source | Promise<Source>>();
  const finder = new CodeFinder(root, environment.PATH ?? "");

  const source = (path: string): Source | Promise<Source> => {
    const absolute = resolve(root, path);
    let found = seen.get(absolute);
    if (found === undefined) {
      found = digestSource(absolute, index);
      seen.set(absolute, found);
      if (found instanceof Promise) void found.then((digested) => seen.set(absolute, digested)).catch(() => {});
    }
    return found;
  };

  return {
    platform: platformDigest(thisPlatform()),
    project: root,
    variable: (name) => environment[name],
    source,
    projectCode: (config, names, declared) => projectCode({ root, source, finder }, config, names, declared),
    isUnchanged: unchangedSince,
    isUnchangedButForLinks: unchangedButForLinks,
    seen: async () => ({ sources: await Promise.all(seen.values()), lookups: finder.lookups() }),
  };
}

interface Finders {
  readonly root: string;
  source(path: string): Source | Promise<Source>;
  readonly finder: CodeFinder;
}

function projectCode(
  { root, source, finder }: Finders,
  config: Json,
  names: CodeNames,
  declared: readonly string[],
): ProjectCode | Promise<ProjectCode> {
  const named = finder.files(config, names.codeFields);
  const programs = programNames(config, names.programFields)
    .filter((name) => !Object.hasOwn(named, name))
    .map((name) => [name, finder.program(name)] as const)
    .filter((pair): pair is [string, string] => pair[1] !== undefined);
  const wanted = [
    ...Object.values(named).map((path) => [relative(root, path), path] as const),
    ...declared.map((path) => [path, resolve(root, path)] as const),
    ...programs.map(([name, path]) => [`program ${name}`, path] as const),
  ];
  const found = wanted.map(([name, path]) => [name, source(path)] as const);
  const code = (sources: readonly (readonly [string, Source])[]): ProjectCode => ({
    named,
    digests: Object.fromEntries(sources.map(([name, { digest }]): [string, Digest] => [name, digest])),
    sources: sources.map(([, source]) => source),
  });
  if (found.every((pair): pair is [string, Source] => !(pair[1] instanceof Promise))) return code(found);
  return Promise.all(found.map(async ([name, one]) => [name, await one] as const)).then(code);
}

/** A string is a program, and so is the first item of a list. */
function programNames(config: Json, fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => codeStrings(config, [field]).slice(0, 1));
}
