import { digestJson } from "@orchestrate/manifests";
import type { Outcome } from "../schedule/outcome.ts";

/** The outcome of an instance that has committed the outputs named, each with a digest of its own. */
export function committedAs(id: string, outputs: readonly string[] = ["out"]): Extract<Outcome, { type: "committed" }> {
  const records = outputs.map((name) => [name, record(`${id}.${name}`)]);
  return { type: "committed", committed: { outputs: Object.fromEntries(records), manifest: digestJson(id) } };
}

function record(name: string) {
  return { path: "artifacts/out", digest: digestJson(name), size: 1, kind: "*", form: "file" as const };
}
