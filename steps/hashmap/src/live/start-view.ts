import type { Log } from "@orchestrate/sdk";
import type { Tick } from "../replay/tick.ts";
import { checkAccess, TOKEN_NAME } from "./view-options.ts";

export interface StartedView extends AsyncDisposable {
  publish(tick: Tick): void;
}

/**
 * Starts the view of a replay, where a port is given.
 *
 * @throws StepError `view-token-missing`, `view-token-short`, `view-cannot-listen`.
 */
export async function startView(
  { metricsPort, metricsHost }: { readonly metricsPort: number | "auto" | null; readonly metricsHost: string },
  secrets: Readonly<Record<string, string>>,
  log: Log,
): Promise<StartedView> {
  if (metricsPort === null) return { publish() {}, async [Symbol.asyncDispose]() {} };
  const token = secrets[TOKEN_NAME];
  checkAccess(metricsHost, token);
  // Loaded only where it is wanted: a web server takes longer to load than a replay may take.
  const { liveView } = await import("./live-view.ts");
  const view = await liveView(token);
  const address = await view.listen(metricsHost, metricsPort === "auto" ? 0 : metricsPort);
  log.info(`live view: ${address}/api/metrics`);
  return { publish: (tick) => view.history.add(tick), [Symbol.asyncDispose]: () => view[Symbol.asyncDispose]() };
}
