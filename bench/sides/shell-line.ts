import type { Task } from "../graph.ts";

/**
 * A line for sh that does what `add` does, with builtins alone, so that it costs one process.
 *
 * @param inputs words for the shell, in the order of the task's needs, its source last
 */
export function shellLine({ salt }: Task, inputs: readonly string[], output: string): string {
  const reads = inputs.map((input) => `read -r v < ${input}; s=$(((s*31+v)%1000003));`);
  return [`s=${salt};`, ...reads, `echo $s > ${output}`].join(" ");
}
