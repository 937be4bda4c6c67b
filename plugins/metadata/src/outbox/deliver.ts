import type { Emitter } from "../gateway.ts";
import type { Reach } from "../reach.ts";
import { emitInHalves } from "./emit-in-halves.ts";
import type { Outbox, Waiting } from "./outbox.ts";

export interface DeliveryScope {
  readonly outbox: Outbox;
  readonly gateway: Emitter;
  readonly reach: Reach;
  /** Records sent at once; 1,000 where it is left out. */
  readonly batch?: number;
  /** Called after each batch that the gateway has and the outbox forgot. */
  readonly delivered?: () => void;
}

const BATCH = 1_000;

/**
 * Sends all that waits, in order, and forgets what the gateway has stored. A record that the gateway will never take is
 * set aside. A kill at any instant leaves what was not forgotten, which is sent again; the keys keep it from being
 * stored again.
 *
 * @throws OrchestrateError where the gateway can't be reached or refuses whoever asks: what waits goes on waiting.
 */
export async function deliver(scope: DeliveryScope, signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const batch = scope.outbox.next(scope.batch ?? BATCH);
    if (batch.length === 0) return;
    await send(batch, scope);
    scope.delivered?.();
  }
}

function send(batch: readonly Waiting[], { outbox, gateway, reach }: DeliveryScope): Promise<void> {
  return emitInHalves(
    batch,
    async (part) => {
      reach("send:before");
      await gateway.emitMany(part.map(({ record }) => record));
      reach("send:after");
      reach("outbox-delete:before");
      outbox.delete(part);
      reach("outbox-delete:after");
    },
    (waiting, error) => outbox.reject(waiting, error),
  );
}
