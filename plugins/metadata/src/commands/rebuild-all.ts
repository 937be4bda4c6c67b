import type { CommandContext } from "@orchestrate/sdk";
import { rebuild } from "../follow/rebuild.ts";
import { withCurrentGateway } from "./command-scope.ts";
import { simpleOptions } from "./simple-options.ts";

export { SIMPLE_USAGE as usage } from "./simple-options.ts";

/**
 * `orchestrate metadata rebuild`: gives the gateway all that the runs' manifests tell; status 3 where some can't be
 * read.
 */
export async function run(context: CommandContext): Promise<number> {
  const { json, runs } = simpleOptions(context);
  return withCurrentGateway(context, runs, async ({ gateway, runsDirectory }) => {
    const result = await rebuild(runsDirectory, gateway);
    const { stored, known, expired, unreadable, refused } = result;
    if (json) console.log(JSON.stringify(result));
    else {
      for (const words of unreadable) console.error(`not readable: ${words}`);
      for (const words of refused) console.error(`refused: ${words}`);
      const old = expired === 0 ? "" : `, ${expired} past their retention`;
      const not = refused.length === 0 ? "" : `, ${refused.length} refused`;
      const of = result.runs === 1 ? "1 run" : `${result.runs} runs`;
      console.log(`${of}: ${stored} records stored, ${known} known already${old}${not}.`);
    }
    return unreadable.length === 0 ? 0 : 3;
  });
}
