import type { CommandContext } from "@orchestrate/sdk";
import { withGateway } from "./command-scope.ts";
import { simpleOptions } from "./simple-options.ts";

export { SIMPLE_USAGE as usage } from "./simple-options.ts";

/** `orchestrate metadata prune`: removes what is older than its kind is kept. */
export async function run(context: CommandContext): Promise<number> {
  const { json, runs } = simpleOptions(context);
  return withGateway(context, runs, async ({ gateway }) => {
    const removed = await gateway.prune();
    console.log(json ? JSON.stringify({ removed }) : `${removed} records removed.`);
    return 0;
  });
}
