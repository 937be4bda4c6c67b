import type { ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { AnswerCache } from "../pool/plugin-inspector.ts";
import type { Index } from "./index-port.ts";

/** Keeps what plugins say in the index. */
export function cachedAnswers(index: Index): AnswerCache {
  return {
    contract: (code) => index.contract(code) as StepContract | ServiceContract | undefined,
    keepContract: (code, contract) => index.putContract(code, contract),
    config: (code, raw) => {
      const known = index.config(code, raw);
      return known === undefined ? undefined : { value: JSON.parse(known.json) as Json, digest: known.digest };
    },
    keepConfig: (code, raw, { value, digest }) => index.putConfig(code, raw, { json: JSON.stringify(value), digest }),
  };
}
