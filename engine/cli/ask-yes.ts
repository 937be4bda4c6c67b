import { createInterface } from "node:readline/promises";
import type { Invocation } from "./invocation.ts";

/** Asks on the terminal; whatever is not yes is no, and so it is where nobody sits at a terminal. */
export async function askYes({ terminal, format }: Invocation, question: string): Promise<boolean> {
  if (terminal === "plain" || format === "json" || process.stdin.isTTY !== true) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
