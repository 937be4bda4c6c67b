import type { CommandContext } from "@orchestrate/sdk";
import { deliver } from "../outbox/deliver.ts";
import { withGateway } from "./command-scope.ts";
import { simpleOptions } from "./simple-options.ts";

export { SIMPLE_USAGE as usage } from "./simple-options.ts";

/** `orchestrate metadata deliver`: sends what waits in the outbox. */
export async function run(context: CommandContext): Promise<number> {
  const { json, runs } = simpleOptions(context);
  return withGateway(context, runs, async (scope) => {
    const { waiting } = scope.outbox.counts();
    await deliver({ ...scope, reach: () => {} });
    const { rejected } = scope.outbox.counts();
    if (json) console.log(JSON.stringify({ delivered: waiting, rejected }));
    else
      console.log(`${waiting} records delivered${rejected === 0 ? "" : `; ${rejected} were refused and set aside`}.`);
    return 0;
  });
}
