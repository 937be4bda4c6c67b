import { defineToken, type Token } from "@orchestrate/sdk";
import type { Gateway } from "../gateway.ts";

/** What a step may ask of the gateway. What steps tell goes another way: by the sdk's `Metadata`. */
export type Questions = Pick<Gateway, "latest" | "history" | "query">;

/** What the gateway is opened with: the step's `context.project` and `context.secrets`. */
export interface AskReach {
  readonly project: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * The metadata gateway, for steps that decide by what earlier runs have told. What it answers changes from run to run,
 * so such a step says `reads: "external"`, and a `version` where it should be reused as long as the answer is the same.
 */
export interface MetadataGateway {
  /**
   * @throws OrchestrateError `metadata-unreachable`, `metadata-unauthorized`, `metadata-secret-unset`,
   * `metadata-store-newer`.
   */
  open(reach: AskReach): Promise<Questions & AsyncDisposable>;
}

export const MetadataGateway: Token<MetadataGateway> = defineToken<MetadataGateway>("metadata/gateway");
