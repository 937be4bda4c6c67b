import type { ErrorEnvelope } from "@orchestrate/sdk";
import { refusalOf } from "../metadata-error.ts";

/**
 * Emits a batch. Where it is refused for what it holds, its halves are emitted, in order, down to the one item that is
 * wrong.
 *
 * @param emit rejects where the gateway does not take these items.
 * @param refuse called with an item that the gateway will never take.
 * @throws whatever `emit` throws that is not said of records.
 */
export async function emitInHalves<T>(
  batch: readonly T[],
  emit: (part: readonly T[]) => Promise<void>,
  refuse: (item: T, error: ErrorEnvelope) => unknown,
): Promise<void> {
  try {
    await emit(batch);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) {
      refuse(only, refusal.toEnvelope());
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await emitInHalves(batch.slice(0, middle), emit, refuse);
    await emitInHalves(batch.slice(middle), emit, refuse);
  }
}
