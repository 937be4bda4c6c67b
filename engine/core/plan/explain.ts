import { canonicalJson, type Digest, type PhaseManifest } from "@orchestrate/manifests";
import type { Json } from "../pipeline/pipeline.ts";
import type { Fingerprint } from "./fingerprint.ts";

/** One difference between what a phase would be made of now and what an earlier one was made of. */
export interface Change {
  /** The component of the fingerprint: `config`, `code`, `inputs.dataset`, `seeds.split`, `platform`, … */
  readonly part: string;
  /** The field of the config or of the item, the file of the code, or the instance of a gathered input. */
  readonly field: string | null;
  /**
   * Null where it was not there. Never the value of an environment variable. Of a gathered input in which only the
   * order differs, the keys.
   */
  readonly before: Json;
  readonly after: Json;
}

/** What a comparison needs to know of now. */
export interface Present {
  readonly fingerprint: Fingerprint;
  readonly config: Json;
  /** Of the fan-out; undefined where there is none. */
  readonly item: Json | undefined;
  readonly seeds: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, string>>;
  /** By gathered input: the digest of each instance by its key, in the list's order. */
  readonly gathered: Readonly<Record<string, GatheredDigests>>;
}

export type GatheredDigests = ReadonlyMap<string, Digest>;

/** What a phase gathered by an input; undefined where it gathered nothing by it. */
export function gatheredBy({ inputs }: PhaseManifest, input: string): GatheredDigests | undefined {
  const record = inputs[input];
  if (record === undefined || !("gather" in record)) return undefined;
  return new Map(record.gather.map(({ key, digest }) => [key, digest]));
}

/** Names every difference: fields of config and item, files of the code and what is gathered one by one. */
export function explain(
  present: Present,
  earlier: PhaseManifest,
  earlierFiles: Readonly<Record<string, string>> | undefined,
): readonly Change[] {
  const before = earlier.fingerprint.parts;
  const now = present.fingerprint.parts;
  const changes: Change[] = [];
  for (const part of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (before[part] === now[part]) continue;
    const fields = detail(part, present, earlier, earlierFiles);
    if (fields.length > 0) changes.push(...fields);
    else changes.push({ part, field: null, before: before[part] ?? null, after: now[part] ?? null });
  }
  return changes;
}

function detail(
  part: string,
  present: Present,
  earlier: PhaseManifest,
  earlierFiles: Readonly<Record<string, string>> | undefined,
): readonly Change[] {
  if (part === "config")
    return diffJson(earlier.config as Json, present.config, "").map((change) => ({ part, ...change }));
  if (part === "item")
    return diffJson((earlier.item ?? null) as Json, present.item ?? null, "").map((change) => ({ part, ...change }));
  if (part === "code" && earlierFiles !== undefined)
    return diffJson(earlierFiles, present.files, "").map((change) => ({ part, ...change }));
  if (part.startsWith("seeds.")) {
    const purpose = part.slice("seeds.".length);
    return [{ part, field: null, before: earlier.seeds[purpose] ?? null, after: present.seeds[purpose] ?? null }];
  }
  if (part.startsWith("inputs.")) {
    const name = part.slice("inputs.".length);
    const [was, is] = [gatheredBy(earlier, name), present.gathered[name]];
    return was === undefined || is === undefined ? [] : gatherChanges(part, was, is);
  }
  return [];
}

function gatherChanges(part: string, was: GatheredDigests, is: GatheredDigests): readonly Change[] {
  const changes = [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => ({ part, field: key, before: was.get(key) ?? null, after: is.get(key) ?? null }));
  return changes.length > 0 ? changes : [{ part, field: null, before: [...was.keys()], after: [...is.keys()] }];
}

/** The fields in which two JSON values differ, by dotted path. */
export function diffJson(
  before: Json,
  after: Json,
  path: string,
): readonly { field: string; before: Json; after: Json }[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (!isMap(before) || !isMap(after)) return [{ field: path, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const field = path === "" ? key : `${path}.${key}`;
    if (!Object.hasOwn(before, key)) return [{ field, before: null, after: after[key]! }];
    if (!Object.hasOwn(after, key)) return [{ field, before: before[key]!, after: null }];
    return diffJson(before[key]!, after[key]!, field);
  });
}

function isMap(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
