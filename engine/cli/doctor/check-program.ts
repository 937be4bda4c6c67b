import { spawnSync } from "node:child_process";
import { type Check, ok, warning } from "./check.ts";

/** A program that some steps or records use where it is there. */
export function checkProgram(program: string, use: string): Check {
  const { status, stdout, error } = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 5_000 });
  if (error === undefined && status === 0) return ok(program, stdout.trim().split("\n")[0] ?? "");
  return warning(program, `${program} is not here: ${use}.`, `Install ${program} if you need it.`);
}
