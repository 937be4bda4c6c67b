import { join } from "node:path";
import { Follower } from "@orchestrate/sdk";
import { maskSecrets } from "@orchestrate/sdk/runtime";
import { captureOutput } from "../worker/capture-output.ts";
import { envelopeOf } from "../worker/envelope-of.ts";
import { loadService } from "../worker/load-definition.ts";
import { ProcessLog } from "../worker/process-log.ts";
import { takeChannel } from "../worker/take-channel.ts";
import { stackOf, thrownText } from "../worker/thrown-text.ts";
import { journalEvents } from "./journal-events.ts";
import type { FollowerOrder, FollowerReport, FollowOrder } from "./protocol.ts";

/** Follows one run in this process, as the engine's first message says, and ends it. */
export function serveFollower(): void {
  const ended = new AbortController();
  const report = takeChannel<FollowerReport>();
  process.on("disconnect", () => ended.abort());
  process.on("message", (message) => {
    const order = message as FollowerOrder;
    if (order.type === "ended") ended.abort();
    else void follow(order, report, ended.signal);
  });
}

async function follow(
  order: FollowOrder,
  report: (report: FollowerReport) => Promise<void>,
  ended: AbortSignal,
): Promise<void> {
  const mask = maskSecrets(order.secrets);
  const log = new ProcessLog(join(order.directory, `follower-${order.name}.ndjson`), { follower: order.name }, mask);
  const output = captureOutput(mask, (stream, message) => log.write({ stream, message }));
  const fail = async (error: unknown) => {
    output.flush();
    log.write({ stream: "log", level: "error", message: stackOf(error) ?? thrownText(error) });
    await report({ type: "failed", error: envelopeOf(error, `The follower ${order.name}`, mask) });
    process.exit(1);
  };
  process.on("uncaughtException", fail).on("unhandledRejection", fail);
  try {
    const { definition } = await loadService(order.module, `${Follower.token}=${order.name}`);
    const made = await definition.create({ options: definition.options.parse(order.options), log: log.asLog() });
    const { run, directory, secrets } = order;
    const events = journalEvents(join(directory, "events.ndjson"), ended);
    await (made as Follower).follow({ run, directory, events, secrets });
    await report({ type: "followed" });
    await definition.dispose?.(made);
    output.flush();
    process.exit(0);
  } catch (error) {
    await fail(error);
  }
}
