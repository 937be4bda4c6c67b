import { parseArgs } from "node:util";
import type { CommandContext } from "@orchestrate/sdk";
import { deliver } from "../outbox/deliver.ts";
import { withGateway } from "./command-scope.ts";
import { readWords } from "./usage.ts";

const OPTIONS = {
  json: { type: "boolean", default: false },
  "runs-dir": { type: "string" },
  refused: { type: "boolean", default: false },
} as const;

export const usage = "[--refused] [--json] [--runs-dir DIRECTORY]";

/** `orchestrate metadata deliver`: sends what waits in the outbox; with `--refused` what was set aside as well. */
export async function run(context: CommandContext): Promise<number> {
  const { values } = readWords(() => parseArgs({ args: [...context.args], options: OPTIONS }));
  const { json, refused, "runs-dir": runs } = values;
  return withGateway(context, runs, async (scope) => {
    if (refused) scope.outbox.putBack();
    const before = scope.outbox.counts();
    await deliver({ ...scope, reach: () => {} });
    const { rejected } = scope.outbox.counts();
    const refusedNow = rejected - before.rejected;
    const delivered = before.waiting - refusedNow;
    if (json) console.log(JSON.stringify({ delivered, rejected }));
    else {
      const aside = refusedNow === 0 ? "" : `; ${refusedNow} refused and set aside`;
      console.log(`${delivered === 1 ? "1 record" : `${delivered} records`} delivered${aside}.`);
    }
    return 0;
  });
}
