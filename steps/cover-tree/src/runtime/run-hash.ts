import { digestJson } from "@orchestrate/manifests";
import type { RuntimeModel } from "./runtime-model.ts";
import type { Seeds } from "./seed-pack.ts";

/** Digests of what decides about a tree beside its points. Equal ones mean equal trees. */
export function runHash(
  { diagnostics: _unheeded, seeds: _resolved, ...runtime }: RuntimeModel,
  distance: { readonly name: string; readonly options: Readonly<Record<string, unknown>> },
  seeds: Seeds,
): { readonly runtimeDigest: string; readonly runHash: string } {
  const runtimeDigest = digestJson({ runtime, distance: { name: distance.name, options: distance.options } });
  return { runtimeDigest, runHash: digestJson({ runtime_digest: runtimeDigest, seeds }) };
}
