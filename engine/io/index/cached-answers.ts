import type { ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { ParsedConfig } from "../../run/ports/inspector.ts";
import type { AnswerCache } from "../pool/plugin-inspector.ts";
import type { Index, KnownConfig } from "./index-port.ts";

/** Keeps what plugins say in the index. */
export function cachedAnswers(index: Index): AnswerCache {
  return {
    contract: (code) => index.contract(code) as StepContract | ServiceContract | undefined,
    keepContract: (code, contract) => index.putContract(code, contract),
    config: (code, text) => {
      const known = index.config(code, text);
      return known === undefined ? undefined : lazily(known);
    },
    keepConfig: (code, text, { value, digest }) => index.putConfig(code, text, { json: JSON.stringify(value), digest }),
  };
}

/** A plan needs only the digest; the value is parsed once something runs. */
function lazily({ json, digest }: KnownConfig): ParsedConfig {
  return {
    digest,
    get value() {
      return JSON.parse(json) as Json;
    },
  };
}
