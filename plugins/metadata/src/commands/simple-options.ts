import { parseArgs } from "node:util";
import type { CommandContext } from "@orchestrate/sdk";
import { usage } from "./usage.ts";

/** The options of commands that have no others. */
export interface SimpleOptions {
  readonly json: boolean;
  /** Another runs directory than the pipeline's. */
  readonly runs: string | undefined;
}

/** @throws OrchestrateError `metadata-usage` */
export function simpleOptions({ args }: Pick<CommandContext, "args">): SimpleOptions {
  const options = { json: { type: "boolean", default: false }, "runs-dir": { type: "string" } } as const;
  const { values } = usage(() => parseArgs({ args: [...args], options }));
  return { json: values.json, runs: values["runs-dir"] };
}
