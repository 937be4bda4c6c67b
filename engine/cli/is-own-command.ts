import { COMMANDS } from "./command-table.ts";

/** Whether the engine itself has a command of this name, so that no plugin's would be reached. */
export function isOwnCommand(name: string): boolean {
  return COMMANDS.some(({ usage }) => usage.split(" ")[0] === name);
}
