import { extname } from "node:path";
import { StepError } from "@orchestrate/sdk";

/** The language whose tracer records a program. */
export type Target = "node" | "python";

const BY_EXTENSION: Readonly<Record<string, Target>> = {
  ".js": "node",
  ".mjs": "node",
  ".cjs": "node",
  ".ts": "node",
  ".mts": "node",
  ".cts": "node",
  ".py": "python",
};

/** @throws StepError `recorder-target-unknown` where the file's type says nothing. */
export function targetOf(program: string): Target {
  const target = BY_EXTENSION[extname(program)];
  if (target !== undefined) return target;
  throw new StepError({
    error: "recorder-target-unknown",
    category: "input",
    detail: `What "${program}" is written in can't be told by its name.`,
    hint: "Say target: node or target: python.",
  });
}
