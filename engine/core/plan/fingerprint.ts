import { type Digest, digestJson } from "@orchestrate/manifests";

/** All that can change a phase's result. Never attempt, run or key. */
export interface FingerprintSources {
  /** The step's code digest; its contract is part of the code. */
  readonly code: Digest;
  /** The digest of the parsed config, every default in it. */
  readonly config: Digest;
  /** The item of the fan-out. */
  readonly item: Digest | undefined;
  /** By input: its digest; for a gathered one, the digest of its list; null where it is optional and absent. */
  readonly inputs: Readonly<Record<string, Digest | null>>;
  /** By purpose. */
  readonly seeds: Readonly<Record<string, number>>;
  /** By token: the digest of provider, version, code and options. */
  readonly services: Readonly<Record<string, Digest>>;
  /** By name: the value, or null where it is not set. */
  readonly env: Readonly<Record<string, string | null>>;
  /** Declared files, by path relative to the pipeline. */
  readonly files: Readonly<Record<string, Digest>>;
  /** The outputs that the pipeline declares, for an open step. */
  readonly outputs: Digest | undefined;
  /** What the step says of the outside world that it reads; null where it says nothing. */
  readonly version: string | null;
  /** See `platformDigest`. */
  readonly platform: Digest;
}

export interface Platform {
  /** Node's major version. */
  readonly node: number;
  readonly platform: string;
  readonly arch: string;
}

/** The same for all phases of a run, so that it is digested once. */
export function platformDigest(platform: Platform): Digest {
  return digestJson(platform);
}

export interface Fingerprint {
  readonly digest: Digest;
  /** By component, as `config`, `code`, `inputs.dataset`. Kept in the manifest, so that a difference can be named. */
  readonly parts: Readonly<Record<string, Digest>>;
}

/** Joins the parts. The digest is that of the parts as RFC 8785 JSON. */
export function fingerprint(sources: FingerprintSources): Fingerprint {
  const parts: Record<string, Digest> = { code: sources.code, config: sources.config };
  if (sources.item !== undefined) parts.item = sources.item;
  for (const [name, digest] of Object.entries(sources.inputs)) parts[`inputs.${name}`] = digest ?? ABSENT;
  for (const [purpose, seed] of Object.entries(sources.seeds)) parts[`seeds.${purpose}`] = digestJson(seed);
  for (const [token, digest] of Object.entries(sources.services)) parts[`services.${token}`] = digest;
  for (const [name, value] of Object.entries(sources.env)) parts[`env.${name}`] = digestJson(value);
  for (const [path, digest] of Object.entries(sources.files)) parts[`files.${path}`] = digest;
  if (sources.outputs !== undefined) parts.outputs = sources.outputs;
  if (sources.version !== null) parts.version = digestJson(sources.version);
  parts.platform = sources.platform;
  return { digest: digestJson(parts), parts };
}

const ABSENT: Digest = digestJson(null);

/** The digest of a gathered input: keys and digests in the list's order. */
export function gatherDigest(list: readonly { readonly key: string; readonly digest: Digest }[]): Digest {
  return digestJson(list.map(({ key, digest }) => [key, digest]));
}
