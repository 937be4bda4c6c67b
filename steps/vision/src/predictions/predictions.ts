import type { FittedOn } from "../lineage/fitted-on.ts";
import type { Origin } from "../lineage/origin.ts";

/** What a model says of a split; all lists go together by position. */
export interface Predictions {
  /** The split that was predicted. */
  readonly origin: Origin;
  readonly model: { readonly digest: string; readonly fitted_on: FittedOn };
  /** Index is label; the second is the positive class. */
  readonly classes: readonly string[];
  readonly names: readonly string[];
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** [count, 2]. */
  readonly logits: Float32Array;
  /** [count, width]: what the model's last layer sees. */
  readonly features: Float32Array;
  readonly width: number;
}
