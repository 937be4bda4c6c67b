import type { CommandContext } from "@orchestrate/sdk";
import { Outbox } from "../outbox/outbox.ts";
import { outboxFile } from "../outbox/outbox-file.ts";
import { parseOptions, runsDirectoryOf } from "./command-scope.ts";
import { simpleOptions } from "./simple-options.ts";

export { SIMPLE_USAGE as usage } from "./simple-options.ts";

/**
 * `orchestrate metadata status`: which gateway it is, and what waits in the outbox. The gateway itself is not asked.
 */
export async function run(context: CommandContext): Promise<number> {
  const { json, runs } = simpleOptions(context);
  const { gateway } = parseOptions(context.options);
  const outbox = new Outbox(outboxFile(runsDirectoryOf(context, runs)));
  try {
    const { waiting, rejected } = outbox.counts();
    if (json) console.log(JSON.stringify({ gateway, waiting, rejected: outbox.rejected() }));
    else {
      const where = gateway.use === "embedded" ? (gateway.file ?? ".metadata.sqlite") : gateway.url;
      console.log(`gateway   ${gateway.use}, ${where}`);
      console.log(`outbox    ${waiting} waiting, ${rejected} refused and set aside`);
      for (const { record, error } of outbox.rejected()) console.log(`refused   ${record.key}: ${error.detail}`);
    }
    return 0;
  } finally {
    outbox.close();
  }
}
