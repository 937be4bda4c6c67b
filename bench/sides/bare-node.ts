import type { Contender } from "../measure.ts";
import { runProgram } from "../run-program.ts";

/** `node -e 0`: what every program that Node runs costs at least. */
export function bareNode(cwd: string): Contender {
  return {
    name: "node -e 0",
    run: () => void runProgram({ command: process.execPath, args: ["-e", "0"], cwd }),
  };
}
