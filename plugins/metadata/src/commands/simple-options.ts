import { parseArgs } from "node:util";
import type { CommandContext } from "@orchestrate/sdk";
import { readWords } from "./usage.ts";

/** The options of commands that have no others. */
export interface SimpleOptions {
  readonly json: boolean;
  /** Another runs directory than the pipeline's. */
  readonly runs: string | undefined;
}

export const SIMPLE_USAGE = "[--json] [--runs-dir DIRECTORY]";

/** @throws OrchestrateError `metadata-usage` */
export function simpleOptions({ args }: Pick<CommandContext, "args">): SimpleOptions {
  const options = { json: { type: "boolean", default: false }, "runs-dir": { type: "string" } } as const;
  const { values } = readWords(() => parseArgs({ args: [...args], options }));
  return { json: values.json, runs: values["runs-dir"] };
}
