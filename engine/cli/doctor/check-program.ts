import { execa } from "execa";
import { type Check, ok, warning } from "./check.ts";

/** A program that some steps or records use where it is there. */
export async function checkProgram(program: string, use: string): Promise<Check> {
  const { failed, stdout } = await execa(program, ["--version"], { reject: false, stdin: "ignore", timeout: 5_000 });
  if (!failed) return ok(program, stdout.split("\n")[0] ?? "");
  return warning(program, `${program} is not here: ${use}.`, `Install ${program} if you need it.`);
}
