import { resolve } from "node:path";
import { type CommandContext, issueText } from "@orchestrate/sdk";
import type { Gateway } from "../gateway.ts";
import { KindRegistry } from "../kinds/kind-registry.ts";
import { metadataError } from "../metadata-error.ts";
import { openGateway } from "../open-gateway.ts";
import { MetadataOptions } from "../options.ts";
import { deliver } from "../outbox/deliver.ts";
import { Outbox } from "../outbox/outbox.ts";
import { outboxFile } from "../outbox/outbox-file.ts";
import { systemClock } from "../system-clock.ts";

/** What the commands of this plugin work with. */
export interface CommandScope {
  readonly gateway: Gateway;
  readonly outbox: Outbox;
  readonly options: MetadataOptions;
  readonly kinds: KindRegistry;
  readonly runsDirectory: string;
}

/** @throws OrchestrateError `metadata-options-invalid` */
export function parseOptions(options: Readonly<Record<string, unknown>>): MetadataOptions {
  const parsed = MetadataOptions.safeParse(options);
  if (parsed.success) return parsed.data;
  throw metadataError(
    "metadata-options-invalid",
    `plugins.json says to @orchestrate/metadata what can't be: ${issueText(parsed.error)}.`,
    "Correct its `options`.",
  );
}

type Called = Pick<CommandContext, "options" | "runsDirectory" | "cwd">;

/** The runs directory that a command is about: the pipeline's, where it names no other. */
export function runsDirectoryOf({ runsDirectory, cwd }: Omit<Called, "options">, runs: string | undefined): string {
  return runs === undefined ? runsDirectory : resolve(cwd, runs);
}

/** Opens gateway and outbox for as long as they are used. `runs` names another runs directory than the pipeline's. */
export async function withGateway<T>(
  context: Called,
  runs: string | undefined,
  use: (scope: CommandScope) => Promise<T>,
): Promise<T> {
  const options = parseOptions(context.options);
  const kinds = new KindRegistry(options.kinds);
  const runsDirectory = runsDirectoryOf(context, runs);
  const place = {
    runsDirectory,
    variable: (name: string) => process.env[name],
    around: { kinds, now: systemClock.now, reach: () => {} },
  };
  const outbox = new Outbox(outboxFile(runsDirectory));
  try {
    const gateway = await openGateway(options.gateway, place);
    try {
      return await use({ gateway, outbox, options, kinds, runsDirectory });
    } finally {
      await gateway.close();
    }
  } finally {
    outbox.close();
  }
}

/** The same, after all that waits was delivered: a question is answered with what the last run told. */
export function withCurrentGateway<T>(
  context: Called,
  runs: string | undefined,
  use: (scope: CommandScope) => Promise<T>,
): Promise<T> {
  return withGateway(context, runs, async (scope) => {
    await deliver({ ...scope, reach: () => {} });
    return use(scope);
  });
}
