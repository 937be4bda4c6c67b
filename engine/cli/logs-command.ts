import { existsSync } from "node:fs";
import { phaseDirectory } from "@orchestrate/manifests";
import { instanceId } from "../core/graph/instance.ts";
import type { Invocation } from "./invocation.ts";
import { runWord } from "./run-word.ts";

/** The command that shows what a phase instance said, fit for a shell; undefined where it said nothing. */
export function logsCommand(
  invocation: Pick<Invocation, "cwd">,
  directory: string,
  { phase, key }: { readonly phase: string; readonly key: string | null },
): string | undefined {
  if (!existsSync(`${phaseDirectory(directory, phase, key)}/log.ndjson`)) return undefined;
  const id = instanceId(phase, key);
  return `orchestrate logs ${key === null ? id : `'${id}'`} ${runWord(invocation, directory)}`;
}
